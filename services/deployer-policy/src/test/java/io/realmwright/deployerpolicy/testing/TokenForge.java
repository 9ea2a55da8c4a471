package io.realmwright.deployerpolicy.testing;

import COSE.AlgorithmID;
import COSE.Attribute;
import COSE.CoseException;
import COSE.HeaderKeys;
import COSE.OneKey;
import COSE.Sign1Message;
import com.upokecenter.cbor.CBORObject;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.spec.HashAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Firmware as a test has it: makes CCA tokens with libraries that the service does not use, and lies about anything when
 * told to. Maps are put together byte by byte, so that their order is the test's.
 */
public final class TokenForge implements TokenSigner {
    public static final String IMPLEMENTATION_ID = "53".repeat(32);
    public static final String CONFIGURATION = "53494d554c41544544";
    public static final int LIFECYCLE = 0x3003;
    public static final String SIGNER = "aa".repeat(32);
    public static final String FIRMWARE = "bb".repeat(32);
    public static final String RMM = "cc".repeat(32);

    private final OneKey platformKey = newKey();
    private final OneKey realmKey = newKey();
    private volatile Consumer<Draft> lie = draft -> {};

    /** A token before it is signed; values are CBOR, in the order in which they are going to be written. */
    public static final class Draft {
        public final Map<Integer, CBORObject> platform = new LinkedHashMap<>();
        public final Map<Integer, CBORObject> realm = new LinkedHashMap<>();
        public int tag;
        public OneKey platformSigner;
        public OneKey realmSigner;

        private Draft(int tag, OneKey platformSigner, OneKey realmSigner) {
            this.tag = tag;
            this.platformSigner = platformSigner;
            this.realmSigner = realmSigner;
        }
    }

    public static OneKey newKey() {
        try {
            return OneKey.generateKey(AlgorithmID.ECDSA_384);
        } catch (CoseException e) {
            throw new AssertionError(e);
        }
    }

    public PublicKey platformPublicKey() {
        try {
            return platformKey.AsPublicKey();
        } catch (CoseException e) {
            throw new AssertionError(e);
        }
    }

    public String instanceId() {
        return "01" + hex(sha256(coseKey(platformKey)));
    }

    /** From now on everything is drafted like this before it is signed. */
    public void lie(Consumer<Draft> how) {
        lie = how;
    }

    @Override
    public Optional<byte[]> sign(RealmClaims claims) {
        Draft draft = draft(claims);
        lie.accept(draft);
        return Optional.of(token(draft));
    }

    public Draft draft(RealmClaims claims) {
        boolean rmm2 = claims instanceof RealmClaims.Rmm2_0;
        var draft = new Draft(rmm2 ? 907 : 399, platformKey, realmKey);
        draftPlatform(draft.platform);
        RealmClaims.Common common = claims.common();
        draft.realm.put(10, bytes(common.challenge()));
        if (claims instanceof RealmClaims.Rmm2_0(var _, byte[] instanceId, var _)) {
            draft.realm.put(256, bytes(concat(new byte[] {1}, instanceId)));
        }
        draft.realm.put(44235, bytes(common.personalizationValue()));
        draft.realm.put(44237, bytes(coseKey(realmKey)));
        draft.realm.put(44236, text(name(common.hashAlgorithm())));
        draft.realm.put(44240, text("sha-256"));
        if (rmm2) {
            draft.realm.put(44243, CBORObject.FromObject(0));
        }
        draft.realm.put(265, text(rmm2 ? "tag:arm.com,2024:realm#2.0.0" : "tag:arm.com,2023:realm#1.0.0"));
        draft.realm.put(44238, bytes(common.rim()));
        var rems = CBORObject.NewArray();
        common.rems().forEach(rem -> rems.Add(bytes(rem)));
        draft.realm.put(44239, rems);
        return draft;
    }

    private void draftPlatform(Map<Integer, CBORObject> platform) {
        platform.put(265, text("tag:arm.com,2023:cca_platform#1.0.0"));
        platform.put(10, bytes(sha256(coseKey(realmKey))));
        platform.put(2396, bytes(IMPLEMENTATION_ID));
        platform.put(256, bytes(instanceId()));
        platform.put(2401, bytes(CONFIGURATION));
        platform.put(2395, CBORObject.FromObject(LIFECYCLE));
        platform.put(2402, text("sha-256"));
        platform.put(2399, components(component("firmware", SIGNER, FIRMWARE), component("RMM", SIGNER, RMM)));
    }

    public static CBORObject components(byte[]... encoded) {
        return raw(concat(new byte[] {(byte) (0x80 | encoded.length)}, concat(encoded)));
    }

    public static byte[] component(String name, String signer, String measurement) {
        Map<Integer, CBORObject> component = new LinkedHashMap<>();
        component.put(1, text(name));
        component.put(5, bytes(signer));
        component.put(2, bytes(measurement));
        component.put(6, text("sha-256"));
        return map(component);
    }

    public static byte[] token(Draft draft) {
        return token(
                draft.tag,
                sign1(map(draft.platform), draft.platformSigner),
                sign1(map(draft.realm), draft.realmSigner));
    }

    public static byte[] token(int tag, byte[] platformToken, byte[] realmToken) {
        boolean cmw = tag == 907;
        return concat(
                new byte[] {(byte) 0xd9, (byte) (tag >> 8), (byte) tag, (byte) 0xa2},
                record(44234, cmw, platformToken),
                record(44241, cmw, realmToken));
    }

    private static byte[] record(int key, boolean cmw, byte[] token) {
        byte[] head = cmw ? new byte[] {(byte) 0x82, 0x19, 0x01, 0x07} : new byte[0];
        return concat(encode(CBORObject.FromObject(key)), head, encode(bytes(token)));
    }

    public static byte[] sign1(byte[] payload, OneKey key) {
        try {
            var message = new Sign1Message();
            message.addAttribute(HeaderKeys.Algorithm, AlgorithmID.ECDSA_384.AsCBOR(), Attribute.PROTECTED);
            message.SetContent(payload);
            message.sign(key);
            return message.EncodeToBytes();
        } catch (CoseException e) {
            throw new AssertionError(e);
        }
    }

    /** A map in the order of {@code values}; what {@link #raw} made is put in as it is. */
    public static byte[] map(Map<Integer, CBORObject> values) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) (0xa0 | values.size())});
        values.forEach((key, value) -> {
            out.writeBytes(encode(CBORObject.FromObject(key)));
            out.writeBytes(encode(value));
        });
        return out.toByteArray();
    }

    private static final int RAW = 0xc0ffee;

    /** Bytes that go into a map as they are. */
    public static CBORObject raw(byte[] encoded) {
        return CBORObject.FromObjectAndTag(CBORObject.FromObject(encoded), RAW);
    }

    private static byte[] encode(CBORObject value) {
        return value.HasMostOuterTag(RAW) ? value.Untag().GetByteString() : value.EncodeToBytes();
    }

    /** The public half as the RMM encodes it. */
    public static byte[] coseKey(OneKey key) {
        Map<Integer, CBORObject> parameters = new LinkedHashMap<>();
        parameters.put(1, CBORObject.FromObject(2));
        parameters.put(-1, CBORObject.FromObject(2));
        parameters.put(-2, bytes(key.get(COSE.KeyKeys.EC2_X).GetByteString()));
        parameters.put(-3, bytes(key.get(COSE.KeyKeys.EC2_Y).GetByteString()));
        return map(parameters);
    }

    public static CBORObject bytes(byte[] value) {
        return CBORObject.FromObject(value);
    }

    public static CBORObject bytes(String hex) {
        return bytes(HexFormat.of().parseHex(hex));
    }

    public static CBORObject text(String value) {
        return CBORObject.FromObject(value);
    }

    public static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    public static String hex(byte[] value) {
        return HexFormat.of().formatHex(value);
    }

    private static String name(HashAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Claims of a realm that has measured something in each REM. */
    public static RealmClaims.Common common(HashAlgorithm algorithm) {
        int length = algorithm.sizeBytes();
        return new RealmClaims.Common(
                filled(0x11, 64),
                filled(0x22, 64),
                algorithm,
                filled(0x33, length),
                List.of(filled(0x41, length), filled(0x42, length), filled(0x43, length), filled(0x44, length)));
    }

    public static byte[] filled(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** What its maker would say of this platform, as the service reads it from a file. */
    public String reference() {
        byte[] x = platformKey.get(COSE.KeyKeys.EC2_X).GetByteString();
        byte[] y = platformKey.get(COSE.KeyKeys.EC2_Y).GetByteString();
        var base64 = java.util.Base64.getUrlEncoder().withoutPadding();
        return """
                {"machine":"m0","implementationId":"%s","instanceId":"%s","configuration":"%s","lifecycle":%d,
                 "softwareComponents":[{"name":"firmware","signerId":"%s","measurement":"%s"},
                                       {"name":"RMM","signerId":"%s","measurement":"%s"}],
                 "platformKey":{"kty":"EC","crv":"P-384","x":"%s","y":"%s"},"simulated":true}""".formatted(
                        IMPLEMENTATION_ID,
                        instanceId(),
                        CONFIGURATION,
                        LIFECYCLE,
                        SIGNER,
                        FIRMWARE,
                        SIGNER,
                        RMM,
                        base64.encodeToString(x),
                        base64.encodeToString(y));
    }

    public static byte[] ascii(String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }
}
