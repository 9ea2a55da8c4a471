package io.realmwright.deployerpolicy.attestation;

import static io.realmwright.deployerpolicy.attestation.Appraisals.FORGE;
import static io.realmwright.deployerpolicy.attestation.Appraisals.INIT_RIPAS;
import static io.realmwright.deployerpolicy.attestation.Appraisals.SHA_256;
import static io.realmwright.deployerpolicy.attestation.Appraisals.appraise;
import static io.realmwright.deployerpolicy.attestation.Appraisals.claims;
import static io.realmwright.deployerpolicy.attestation.Appraisals.expectations;
import static io.realmwright.deployerpolicy.attestation.Appraisals.rems;
import static io.realmwright.deployerpolicy.testing.TokenForge.bytes;
import static io.realmwright.deployerpolicy.testing.TokenForge.component;
import static io.realmwright.deployerpolicy.testing.TokenForge.components;
import static io.realmwright.deployerpolicy.testing.TokenForge.filled;
import static io.realmwright.deployerpolicy.testing.TokenForge.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.deployerpolicy.testing.TokenForge.Draft;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A good token is affirmed, and one that differs in anything fails for just that. */
class AppraisalTest {
    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void aGoodTokenIsAffirmedClaimByClaim(HashAlgorithm algorithm) {
        byte[] token = TokenForge.token(FORGE.draft(claims(INIT_RIPAS, algorithm)));

        Appraisal appraisal = appraise(token, expectations(INIT_RIPAS, algorithm));

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.AFFIRMING);
        assertThat(appraisal.isAttested()).isTrue();
        assertThat(appraisal.claimsThatAre(ClaimStatus.AFFIRMING))
                .containsExactly(
                        "platform.profile",
                        "platform.hash-algorithm",
                        "platform.signature",
                        "platform.implementation-id",
                        "platform.instance-id",
                        "platform.configuration",
                        "platform.lifecycle",
                        "platform.software-component.RMM",
                        "platform.software-component.firmware",
                        "realm.public-key-hash-algorithm",
                        "realm.public-key",
                        "realm.signature",
                        "realm.challenge",
                        "realm.token-form",
                        "realm.profile",
                        "realm.mec-policy",
                        "realm.personalization-value",
                        "realm.hash-algorithm",
                        "realm.initial-measurement",
                        "realm.extensible-measurement.1",
                        "realm.extensible-measurement.2",
                        "realm.extensible-measurement.3",
                        "realm.extensible-measurement.4");
        assertThat(appraisal.claimsThatAre(ClaimStatus.NONE)).containsExactly("realm.instance-id");
    }

    /** Each alteration is signed anew with the right keys: the signatures are good, and what they cover is not. */
    static Stream<Arguments> alterations() {
        return Stream.of(
                altered("platform.profile", draft -> draft.platform.put(265, text("http://arm.com/CCA-SSD/1.0.0"))),
                altered("realm.public-key", draft -> draft.platform.put(10, bytes("00".repeat(32)))),
                altered("platform.configuration", draft -> draft.platform.put(2401, bytes("cfcfcfcf"))),
                altered("platform.lifecycle", draft -> draft.platform.put(2395, CBORObject.FromObject(0x4003))),
                altered("platform.hash-algorithm", draft -> draft.platform.put(2402, text("sha-512"))),
                altered(
                        "platform.software-component.RMM",
                        draft -> draft.platform.put(
                                2399,
                                components(
                                        component("firmware", TokenForge.SIGNER, TokenForge.FIRMWARE),
                                        component("RMM", TokenForge.SIGNER, "dd".repeat(32))))),
                altered(
                        "platform.software-component.firmware",
                        draft -> draft.platform.put(
                                2399,
                                components(
                                        component("firmware", "ee".repeat(32), TokenForge.FIRMWARE),
                                        component("RMM", TokenForge.SIGNER, TokenForge.RMM)))),
                altered(
                        "platform.software-component.firmware",
                        draft -> draft.platform.put(
                                2399, components(component("RMM", TokenForge.SIGNER, TokenForge.RMM)))),
                altered("realm.challenge", draft -> draft.realm.put(10, bytes("00".repeat(64)))),
                altered("realm.personalization-value", draft -> draft.realm.put(44235, bytes("00".repeat(64)))),
                altered("realm.hash-algorithm", draft -> draft.realm.put(44236, text("sha-512"))),
                altered("realm.public-key-hash-algorithm", draft -> draft.realm.put(44240, text("sha-512"))),
                altered("realm.mec-policy", draft -> draft.realm.put(44243, CBORObject.FromObject(1))),
                altered("realm.profile", draft -> draft.realm.put(265, text("tag:arm.com,2023:realm#1.0.0"))),
                altered("realm.initial-measurement", draft -> draft.realm.put(44238, bytes("00".repeat(32)))),
                altered("realm.extensible-measurement.1", draft -> draft.realm.put(44239, rems(0, 0x42, 0x43, 0x44))),
                altered("realm.extensible-measurement.2", draft -> draft.realm.put(44239, rems(0x41, 0, 0x43, 0x44))),
                altered("realm.extensible-measurement.3", draft -> draft.realm.put(44239, rems(0x41, 0x42, 0, 0x44))),
                altered("realm.extensible-measurement.4", draft -> draft.realm.put(44239, rems(0x41, 0x42, 0x43, 0))));
    }

    private static Arguments altered(String claim, Consumer<Draft> alteration) {
        return Arguments.of(claim, alteration);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void whatDiffersIsContraindicatedAndNothingElse(String claim, Consumer<Draft> alteration) {
        Appraisal appraisal = appraise(alteration);

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.CONTRAINDICATED);
        assertThat(appraisal.isAttested()).isFalse();
        assertThat(appraisal.claimsThatAre(ClaimStatus.CONTRAINDICATED)).containsExactly(claim);
        assertThat(Stream.concat(appraisal.platform().stream(), appraisal.realm().stream())
                        .filter(result -> result.claim().equals(claim)))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.reason()).isEqualTo(ClaimReason.MISMATCH);
                    assertThat(result.expected()).isNotNull().isNotEqualTo(result.actual());
                });
    }

    @Test
    void everythingThatFailsIsListedAndNotOnlyTheFirst() {
        Appraisal appraisal = appraise(draft -> {
            draft.platform.put(2395, CBORObject.FromObject(0));
            draft.realm.put(10, bytes("00".repeat(64)));
            draft.realm.put(44238, bytes("99".repeat(32)));
            draft.realm.put(44239, rems(0x44, 0x42, 0x43, 0x41));
            draft.realmSigner = TokenForge.newKey();
        });

        assertThat(appraisal.claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly(
                        "platform.lifecycle",
                        "realm.signature",
                        "realm.challenge",
                        "realm.initial-measurement",
                        "realm.extensible-measurement.1",
                        "realm.extensible-measurement.4");
    }

    @Test
    void aPlatformTokenThatAnotherKeySignedIsNotThePlatforms() {
        assertThat(appraise(draft -> draft.platformSigner = TokenForge.newKey())
                        .claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("platform.signature");
    }

    @Test
    void aRealmTokenThatAnotherKeySignedIsNotTheRealms() {
        assertThat(appraise(draft -> draft.realmSigner = TokenForge.newKey())
                        .claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("realm.signature");
    }

    @Test
    void aKeyThatThePlatformDidNotVouchForSignsWellAndForNothing() {
        assertThat(appraise(draft -> {
                            var other = TokenForge.newKey();
                            draft.realmSigner = other;
                            draft.realm.put(44237, bytes(TokenForge.coseKey(other)));
                        })
                        .claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("realm.public-key");
    }

    @Test
    void aPlatformTokenOfAnotherTokenDoesNotVouchForThisRealm() {
        var other = new TokenForge();
        Draft theirs = other.draft(claims(INIT_RIPAS, SHA_256));

        Appraisal appraisal = appraise(draft -> {
            draft.realm.putAll(theirs.realm);
            draft.realmSigner = theirs.realmSigner;
        });

        assertThat(appraisal.claimsThatAre(ClaimStatus.CONTRAINDICATED)).containsExactly("realm.public-key");
    }

    /** Claims altered behind the signer's back: the claim differs, and the signature does not cover it. */
    @Test
    void whatWasAlteredAfterSigningBreaksTheSignatureToo() {
        byte[] token = TokenForge.token(FORGE.draft(claims(INIT_RIPAS, SHA_256)));
        replace(token, filled(0x33, 32), filled(0x34, 32));

        assertThat(appraise(token, expectations(INIT_RIPAS, SHA_256)).claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("realm.signature", "realm.initial-measurement");
    }

    @Test
    void anAlteredSignatureVerifiesNothing() {
        byte[] token = TokenForge.token(FORGE.draft(claims(INIT_RIPAS, SHA_256)));
        token[token.length - 1] ^= 1;

        assertThat(appraise(token, expectations(INIT_RIPAS, SHA_256)).claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("realm.signature");
    }

    private static void replace(byte[] in, byte[] what, byte[] by) {
        for (int i = 0; i + what.length <= in.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                System.arraycopy(by, 0, in, i, by.length);
                return;
            }
        }
        throw new AssertionError("not there");
    }
}
