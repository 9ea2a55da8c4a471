package io.realmwright.deployerpolicy.attestation;

import static io.realmwright.deployerpolicy.testing.TokenForge.bytes;
import static io.realmwright.deployerpolicy.testing.TokenForge.component;
import static io.realmwright.deployerpolicy.testing.TokenForge.components;
import static io.realmwright.deployerpolicy.testing.TokenForge.filled;
import static io.realmwright.deployerpolicy.testing.TokenForge.hex;
import static io.realmwright.deployerpolicy.testing.TokenForge.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.attestation.cose.Decoders;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.deployerpolicy.testing.TokenForge.Draft;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.PersonalizationValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A good token is affirmed, and one that differs in anything fails for just that. */
class AppraisalTest {
    private static final TokenForge FORGE = new TokenForge();
    private static final HashAlgorithm SHA_256 = HashAlgorithm.SHA_256;
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final HostProfile V10 = HostProfile.RMM_1_0_KVM_RME_V10;

    private static RealmClaims claims(HostProfile profile, HashAlgorithm algorithm) {
        var common = TokenForge.common(algorithm);
        return profile == V10
                ? new RealmClaims.Rmm1_0(common)
                : new RealmClaims.Rmm2_0(common, filled(0x55, 32), false);
    }

    private static Expectations expectations(HostProfile profile, HashAlgorithm algorithm) {
        var common = TokenForge.common(algorithm);
        return new Expectations(
                hex(common.challenge()),
                profile,
                algorithm,
                new PersonalizationValue(hex(common.personalizationValue())),
                Optional.of(new Expectations.Measured(
                        hex(common.rim()),
                        common.rems().stream().map(TokenForge::hex).toList())),
                Set.of());
    }

    private static PlatformReferences reference(TokenForge forge) {
        var reference = new PlatformReference(
                TokenForge.IMPLEMENTATION_ID,
                forge.instanceId(),
                TokenForge.CONFIGURATION,
                TokenForge.LIFECYCLE,
                List.of(
                        new Evidence.SoftwareComponent("firmware", TokenForge.SIGNER, TokenForge.FIRMWARE),
                        new Evidence.SoftwareComponent("RMM", TokenForge.SIGNER, TokenForge.RMM)),
                forge.platformPublicKey());
        return (implementationId, instanceId) -> Optional.of(reference)
                .filter(known -> known.implementationId().equals(implementationId)
                        && known.instanceId().equals(instanceId));
    }

    private static Appraisal appraise(byte[] token, Expectations expectations) {
        return switch (Decoders.cose().decode(token)) {
            case Decoding.Malformed malformed -> Appraisal.of(malformed);
            case Decoding.Decoded(var evidence) -> {
                var claims = evidence.platform().claims();
                yield Appraisal.of(
                        evidence, reference(FORGE).find(claims.implementationId(), claims.instanceId()), expectations);
            }
        };
    }

    private static Appraisal appraise(Consumer<Draft> alteration) {
        Draft draft = FORGE.draft(claims(INIT_RIPAS, SHA_256));
        alteration.accept(draft);
        return appraise(TokenForge.token(draft), expectations(INIT_RIPAS, SHA_256));
    }

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

    @Test
    void aGoodTokenOfRmm1_0IsAffirmedAndItsRimShowsTheRipasChoice() {
        byte[] token = TokenForge.token(FORGE.draft(claims(V10, SHA_256)));

        Appraisal appraisal = appraise(token, expectations(V10, SHA_256));

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.AFFIRMING);
        assertThat(appraisal.claimsThatAre(ClaimStatus.NONE)).isEmpty();
        assertThat(appraisal.ripas().orElseThrow().measured()).isTrue();
        assertThat(appraisal.ripas().orElseThrow().instead()).isEmpty();
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

    private static CBORObject rems(int... values) {
        var rems = CBORObject.NewArray();
        for (int value : values) {
            rems.Add(bytes(filled(value, 32)));
        }
        return rems;
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
            if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                System.arraycopy(by, 0, in, i, by.length);
                return;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aSoftwareComponentThatNobodyKnowsIsAWarning() {
        Appraisal appraisal = appraise(draft -> draft.platform.put(
                2399,
                components(
                        component("firmware", TokenForge.SIGNER, TokenForge.FIRMWARE),
                        component("RMM", TokenForge.SIGNER, TokenForge.RMM),
                        component("stowaway", TokenForge.SIGNER, TokenForge.RMM))));

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.WARNING);
        assertThat(appraisal.claimsThatAre(ClaimStatus.WARNING))
                .containsExactly("platform.software-component.stowaway");
        assertThat(appraisal.isAttested()).isTrue();
    }

    @Test
    void anUnknownPlatformIsAMissingReferenceAndNoMismatch() {
        Appraisal appraisal = appraise(draft -> draft.platform.put(256, bytes("01" + "77".repeat(32))));

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.NONE);
        assertThat(appraisal.isAttested()).isFalse();
        assertThat(appraisal.claimsThatAre(ClaimStatus.CONTRAINDICATED)).isEmpty();
        assertThat(appraisal.platform())
                .filteredOn(result -> result.reason() == ClaimReason.MISSING_REFERENCE)
                .extracting(ClaimResult::claim)
                .containsExactly(
                        "platform.signature",
                        "platform.implementation-id",
                        "platform.instance-id",
                        "platform.configuration",
                        "platform.lifecycle",
                        "platform.software-component.firmware",
                        "platform.software-component.RMM");
    }

    @Test
    void withoutAForecastTheMeasurementsHaveNoReferenceAndTheRealmIsNotAttested() {
        byte[] token = TokenForge.token(FORGE.draft(claims(INIT_RIPAS, SHA_256)));
        Expectations all = expectations(INIT_RIPAS, SHA_256);
        var none =
                new Expectations(all.challenge(), INIT_RIPAS, SHA_256, all.grantBinding(), Optional.empty(), Set.of());

        Appraisal appraisal = appraise(token, none);

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.NONE);
        assertThat(appraisal.claimsThatAre(ClaimStatus.CONTRAINDICATED)).isEmpty();
        assertThat(appraisal.isAttested()).isFalse();
    }

    @Test
    void onV14TheRpvSaysNothingAndThatIsNoFault() {
        Draft draft = FORGE.draft(claims(V14, SHA_256));
        draft.realm.put(44235, bytes("00".repeat(64)));

        Appraisal appraisal = appraise(TokenForge.token(draft), expectations(V14, SHA_256));

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.AFFIRMING);
        assertThat(appraisal.realm())
                .filteredOn(result -> result.claim().equals("realm.personalization-value"))
                .extracting(ClaimResult::status, ClaimResult::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ClaimStatus.NONE, ClaimReason.UNAVAILABLE));
    }

    @Test
    void onV14AnRpvThatNobodyCouldSetIsAMismatch() {
        byte[] token = TokenForge.token(FORGE.draft(claims(V14, SHA_256)));

        assertThat(appraise(token, expectations(V14, SHA_256)).claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("realm.personalization-value");
    }

    @Test
    void aTokenOfTheOtherRmmIsNotFromThisHost() {
        byte[] token = TokenForge.token(FORGE.draft(claims(V10, SHA_256)));

        assertThat(appraise(token, expectations(INIT_RIPAS, SHA_256)).claimsThatAre(ClaimStatus.CONTRAINDICATED))
                .containsExactly("realm.token-form", "realm.profile");
    }

    @Test
    void onRmm2_0TheResultSaysWhatEvidenceThereIsForTheRipasChoice() {
        byte[] token = TokenForge.token(FORGE.draft(claims(INIT_RIPAS, SHA_256)));
        Expectations all = expectations(INIT_RIPAS, SHA_256);

        assertThat(ripas(token, all, Set.of()))
                .containsExactly("GRANT_IN_RPV AFFIRMING", "GUEST_READING_IN_REM NONE", "HOST_TRACE NONE");
        assertThat(ripas(token, all, Set.of(1, 3))).contains("GUEST_READING_IN_REM AFFIRMING");
        Draft draft = FORGE.draft(claims(INIT_RIPAS, SHA_256));
        draft.realm.put(44239, rems(0x41, 0x42, 0, 0x44));
        draft.realm.put(44235, bytes("00".repeat(64)));
        assertThat(ripas(TokenForge.token(draft), all, Set.of(1, 3)))
                .containsExactly(
                        "GRANT_IN_RPV CONTRAINDICATED", "GUEST_READING_IN_REM CONTRAINDICATED", "HOST_TRACE NONE");
    }

    private static List<String> ripas(byte[] token, Expectations all, Set<Integer> readings) {
        var expectations = new Expectations(
                all.challenge(), INIT_RIPAS, SHA_256, all.grantBinding(), all.measurements(), readings);
        RipasEvidence evidence = appraise(token, expectations).ripas().orElseThrow();
        assertThat(evidence.measured()).isFalse();
        return evidence.instead().stream()
                .map(item -> item.kind() + " " + item.status())
                .toList();
    }
}
