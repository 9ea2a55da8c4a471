package io.realmwright.deployerpolicy.attestation.cose;

import static io.realmwright.deployerpolicy.testing.TokenForge.bytes;
import static io.realmwright.deployerpolicy.testing.TokenForge.concat;
import static io.realmwright.deployerpolicy.testing.TokenForge.filled;
import static io.realmwright.deployerpolicy.testing.TokenForge.raw;
import static io.realmwright.deployerpolicy.testing.TokenForge.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.attestation.Decoding;
import io.realmwright.deployerpolicy.attestation.Decoding.Defect;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.deployerpolicy.testing.TokenForge.Draft;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no token, or one in another form than RMMs write, are refused, each for its own reason. */
class CoseEvidenceDecoderTest {
    private static final TokenForge FORGE = new TokenForge();
    private final CoseEvidenceDecoder decoder = new CoseEvidenceDecoder();

    private static Draft draft() {
        return FORGE.draft(new RealmClaims.Rmm2_0(TokenForge.common(HashAlgorithm.SHA_256), filled(0x55, 32), false));
    }

    private static byte[] token() {
        return TokenForge.token(draft());
    }

    private static byte[] platformToken() {
        return TokenForge.sign1(TokenForge.map(draft().platform), draft().platformSigner);
    }

    private static byte[] realmToken() {
        return TokenForge.sign1(TokenForge.map(draft().realm), draft().realmSigner);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private void assertDefect(byte[] token, Defect defect) {
        assertThat(decoder.decode(token)).isInstanceOfSatisfying(Decoding.Malformed.class, malformed -> {
            assertThat(malformed.defect()).as(malformed.message()).isEqualTo(defect);
            assertThat(malformed.message()).isNotBlank();
        });
    }

    static Stream<Arguments> alteredClaims() {
        return Stream.of(
                Arguments.of("claims swapped", Defect.CLAIM_ORDER, claims(draft -> moveToEnd(draft.realm, 10))),
                Arguments.of(
                        "platform claims sorted", Defect.CLAIM_ORDER, claims(draft -> moveToEnd(draft.platform, 265))),
                Arguments.of(
                        "claims of a component swapped",
                        Defect.CLAIM_ORDER,
                        claims(draft -> draft.platform.put(2399, TokenForge.components(swappedComponent())))),
                Arguments.of("no challenge", Defect.MISSING_CLAIM, claims(draft -> draft.realm.remove(10))),
                Arguments.of("no REMs", Defect.MISSING_CLAIM, claims(draft -> draft.realm.remove(44239))),
                Arguments.of("no lifecycle", Defect.MISSING_CLAIM, claims(draft -> draft.platform.remove(2395))),
                Arguments.of(
                        "a claim of another profile",
                        Defect.UNKNOWN_CLAIM,
                        claims(draft -> draft.realm.put(44244, text("?")))),
                Arguments.of("an instance id in the form of RMM 1.0", Defect.UNKNOWN_CLAIM, claims(draft -> {
                    draft.tag = 399;
                    draft.realm.remove(44243);
                })),
                Arguments.of(
                        "a challenge as text",
                        Defect.WRONG_TYPE,
                        claims(draft -> draft.realm.put(10, text("a".repeat(64))))),
                Arguments.of(
                        "a profile as bytes", Defect.WRONG_TYPE, claims(draft -> draft.realm.put(265, bytes("00")))),
                Arguments.of(
                        "a lifecycle beyond 32 bits",
                        Defect.WRONG_TYPE,
                        claims(draft -> draft.platform.put(2395, CBORObject.FromObject(1L << 40)))),
                Arguments.of(
                        "a lifecycle as a float",
                        Defect.WRONG_TYPE,
                        claims(draft -> draft.platform.put(2395, CBORObject.FromObject(1.5)))),
                Arguments.of(
                        "a short challenge",
                        Defect.WRONG_LENGTH,
                        claims(draft -> draft.realm.put(10, bytes("00".repeat(63))))),
                Arguments.of(
                        "a RIM of no hash", Defect.WRONG_LENGTH, claims(draft -> draft.realm.put(44238, bytes("00")))),
                Arguments.of(
                        "REMs longer than the RIM",
                        Defect.WRONG_LENGTH,
                        claims(draft -> draft.realm.put(44238, bytes("00".repeat(48))))),
                Arguments.of(
                        "three REMs",
                        Defect.WRONG_LENGTH,
                        claims(draft -> draft.realm.put(
                                44239,
                                CBORObject.NewArray()
                                        .Add(filled(1, 32))
                                        .Add(filled(1, 32))
                                        .Add(filled(1, 32))))),
                Arguments.of(
                        "a RIM of indefinite length",
                        Defect.NOT_PREFERRED_ENCODING,
                        claims(draft -> draft.realm.put(44238, raw(concat(hex("5f5820"), filled(1, 32), hex("ff")))))),
                Arguments.of(
                        "a MEC policy in two bytes",
                        Defect.NOT_PREFERRED_ENCODING,
                        claims(draft -> draft.realm.put(44243, raw(hex("1800"))))),
                Arguments.of(
                        "a MEC policy in nine bytes",
                        Defect.NOT_PREFERRED_ENCODING,
                        claims(draft -> draft.realm.put(44243, raw(hex("1b0000000000000000"))))),
                Arguments.of(
                        "a public key that is no CBOR",
                        Defect.TRUNCATED,
                        claims(draft -> draft.realm.put(44237, bytes("a401")))),
                Arguments.of(
                        "a public key beside the curve",
                        Defect.BAD_KEY,
                        claims(draft -> draft.realm.put(44237, bytes(key(2, 2, 48))))),
                Arguments.of(
                        "a public key of another curve",
                        Defect.BAD_KEY,
                        claims(draft -> draft.realm.put(44237, bytes(key(2, 9, 48))))),
                Arguments.of(
                        "a public key of another type",
                        Defect.BAD_KEY,
                        claims(draft -> draft.realm.put(44237, bytes(key(9, 2, 48))))),
                Arguments.of(
                        "a component too many",
                        Defect.WRONG_TYPE,
                        claims(draft -> draft.platform.put(2399, text("none")))));
    }

    private static Consumer<Draft> claims(Consumer<Draft> alteration) {
        return alteration;
    }

    private static void moveToEnd(Map<Integer, CBORObject> claims, int key) {
        claims.put(key, claims.remove(key));
    }

    private static byte[] swappedComponent() {
        Map<Integer, CBORObject> component = new LinkedHashMap<>();
        component.put(1, text("RMM"));
        component.put(2, bytes(TokenForge.RMM));
        component.put(5, bytes(TokenForge.SIGNER));
        component.put(6, text("sha-256"));
        return TokenForge.map(component);
    }

    private static byte[] key(int type, int curve, int length) {
        Map<Integer, CBORObject> key = new LinkedHashMap<>();
        key.put(1, CBORObject.FromObject(type));
        key.put(-1, CBORObject.FromObject(curve));
        key.put(-2, bytes(filled(7, length)));
        key.put(-3, bytes(filled(7, length)));
        return TokenForge.map(key);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("alteredClaims")
    void claimsInAnotherFormAreRefused(String what, Defect defect, Consumer<Draft> alteration) {
        Draft draft = draft();
        alteration.accept(draft);

        assertDefect(TokenForge.token(draft), defect);
    }

    static Stream<Arguments> alteredEnvelopes() {
        byte[] platform = platformToken();
        byte[] realm = realmToken();
        byte[] whole = token();
        return Stream.of(
                Arguments.of("nothing", Defect.TRUNCATED, new byte[0]),
                Arguments.of("a byte behind the end", Defect.TRAILING_BYTES, concat(whole, hex("00"))),
                Arguments.of("the token twice", Defect.TRAILING_BYTES, concat(whole, whole)),
                Arguments.of("another tag", Defect.WRONG_TAG, TokenForge.token(500, platform, realm)),
                Arguments.of("no tag", Defect.WRONG_TYPE, Arrays.copyOfRange(whole, 3, whole.length)),
                Arguments.of(
                        "records under the tag of RMM 1.0",
                        Defect.WRONG_TYPE,
                        concat(hex("d9018f"), Arrays.copyOfRange(whole, 3, whole.length))),
                Arguments.of("realm before platform", Defect.CLAIM_ORDER, swapped(platform, realm)),
                Arguments.of(
                        "realm token in the place of the platform's",
                        Defect.UNKNOWN_CLAIM,
                        TokenForge.token(907, realm, platform)),
                Arguments.of("platform token alone", Defect.MISSING_CLAIM, alone(platform)),
                Arguments.of("the platform token twice", Defect.DUPLICATE_CLAIM, twice(platform)),
                Arguments.of("another content format", Defect.WRONG_TYPE, contentFormat(whole)),
                Arguments.of(
                        "a payload behind which something follows",
                        Defect.TRAILING_BYTES,
                        TokenForge.token(
                                907,
                                platform,
                                TokenForge.sign1(
                                        concat(TokenForge.map(draft().realm), hex("00")), draft().realmSigner))),
                Arguments.of(
                        "a claim twice",
                        Defect.DUPLICATE_CLAIM,
                        TokenForge.token(907, platform, TokenForge.sign1(withClaimTwice(), draft().realmSigner))),
                Arguments.of(
                        "another algorithm",
                        Defect.WRONG_ALGORITHM,
                        TokenForge.token(907, platform, replaced(realm, "a1013822", "a1013823"))),
                Arguments.of(
                        "an unprotected header",
                        Defect.UNPROTECTED_HEADER,
                        TokenForge.token(907, platform, replaced(realm, "a1013822a0", "a1013822a1044100"))),
                Arguments.of(
                        "no COSE_Sign1 tag",
                        Defect.WRONG_TYPE,
                        TokenForge.token(907, platform, Arrays.copyOfRange(realm, 1, realm.length))),
                Arguments.of(
                        "the tag of COSE_Sign",
                        Defect.WRONG_TAG,
                        TokenForge.token(
                                907, platform, concat(hex("d862"), Arrays.copyOfRange(realm, 1, realm.length)))),
                Arguments.of(
                        "a signature of ES256",
                        Defect.WRONG_LENGTH,
                        TokenForge.token(907, platform, shortSignature(realm))),
                Arguments.of(
                        "more than the RMM's buffer",
                        Defect.TOO_LARGE,
                        TokenForge.token(907, filled(0, 2048), filled(0, 2048))));
    }

    private static byte[] swapped(byte[] platform, byte[] realm) {
        byte[] right = TokenForge.token(907, platform, realm);
        int platformRecord = 3 + 4 + 3 + platform.length;
        return concat(
                Arrays.copyOf(right, 4),
                Arrays.copyOfRange(right, 4 + platformRecord, right.length),
                Arrays.copyOfRange(right, 4, 4 + platformRecord));
    }

    private static byte[] alone(byte[] platform) {
        byte[] both = TokenForge.token(907, platform, platform);
        byte[] one = Arrays.copyOf(both, 4 + 3 + 4 + 3 + platform.length);
        one[3] = (byte) 0xa1;
        return one;
    }

    private static byte[] twice(byte[] platform) {
        byte[] one = alone(platform);
        byte[] both = concat(one, Arrays.copyOfRange(one, 4, one.length));
        both[3] = (byte) 0xa2;
        return both;
    }

    private static byte[] contentFormat(byte[] whole) {
        return replaced(whole, "82190107", "8219013d");
    }

    private static byte[] withClaimTwice() {
        byte[] map = TokenForge.map(draft().realm);
        Map<Integer, CBORObject> again = new LinkedHashMap<>();
        again.put(44243, CBORObject.FromObject(0));
        byte[] claim = TokenForge.map(again);
        map[0]++;
        return concat(map, Arrays.copyOfRange(claim, 1, claim.length));
    }

    private static byte[] replaced(byte[] in, String what, String by) {
        String text = TokenForge.hex(in);
        assertThat(text).contains(what);
        return hex(text.replaceFirst(what, by));
    }

    private static byte[] shortSignature(byte[] realm) {
        byte[] head = Arrays.copyOf(realm, realm.length - 98);
        return concat(head, hex("5840"), filled(1, 64));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("alteredEnvelopes")
    void tokensInAnotherFormAreRefused(String what, Defect defect, byte[] token) {
        assertDefect(token, defect);
    }

    @Test
    void everyBeginningOfATokenIsTruncated() {
        byte[] token = token();
        for (int length = 0; length < token.length; length++) {
            assertDefect(Arrays.copyOf(token, length), Defect.TRUNCATED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5bffffffffffffffff", "5b7fffffffffffffff", "5a7fffffff", "5affffffff", "7b00000001ffffffff",
                "9affffffff", "9b7fffffffffffffff", "9bffffffffffffffff", "bb4000000000000000", "ba7fffffff",
                "d9038b5affffffff", "d9038ba219acca82190107" + "5a40000000", "c25b7fffffffffffffff"
            })
    void lengthsBeyondTheEndAreRefusedBeforeAnythingIsAllocated(String digits) {
        assertDefect(hex(digits), Defect.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "a100", "c1", "d9038b", "9f", "bf00", "5f"})
    void deepNestingIsRefusedBeforeTheLibrarySeesIt(String opener) {
        byte[] nested = hex(opener.repeat(4000 / (opener.length() / 2)));

        assertThat(decoder.decode(nested))
                .isInstanceOfSatisfying(
                        Decoding.Malformed.class,
                        malformed ->
                                assertThat(malformed.defect()).isIn(Defect.TOO_COMPLEX, Defect.NOT_PREFERRED_ENCODING));
    }

    @Test
    void moreItemsThanAnyTokenHasAreRefused() {
        assertDefect(concat(hex("990800"), filled(0, 2048)), Defect.TOO_COMPLEX);
    }

    @Test
    void reservedEncodingsAreNoCbor() {
        for (int major = 0; major < 7; major++) {
            for (int information = 28; information < 31; information++) {
                assertDefect(new byte[] {(byte) (major << 5 | information)}, Defect.NOT_CBOR);
            }
        }
    }

    @Test
    void aVerificationServiceMayBeNamed() {
        Draft draft = draft();
        CBORObject components = draft.platform.remove(2399);
        draft.platform.put(2400, text("https://verifier.example"));
        draft.platform.put(2399, components);

        assertThat(decoder.decode(TokenForge.token(draft))).isInstanceOf(Decoding.Decoded.class);
    }
}
