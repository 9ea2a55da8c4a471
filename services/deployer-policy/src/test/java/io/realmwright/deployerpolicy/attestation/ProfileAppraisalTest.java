package io.realmwright.deployerpolicy.attestation;

import static io.realmwright.deployerpolicy.attestation.Appraisals.FORGE;
import static io.realmwright.deployerpolicy.attestation.Appraisals.INIT_RIPAS;
import static io.realmwright.deployerpolicy.attestation.Appraisals.SHA_256;
import static io.realmwright.deployerpolicy.attestation.Appraisals.V10;
import static io.realmwright.deployerpolicy.attestation.Appraisals.V14;
import static io.realmwright.deployerpolicy.attestation.Appraisals.appraise;
import static io.realmwright.deployerpolicy.attestation.Appraisals.claims;
import static io.realmwright.deployerpolicy.attestation.Appraisals.expectations;
import static io.realmwright.deployerpolicy.attestation.Appraisals.rems;
import static io.realmwright.deployerpolicy.testing.TokenForge.bytes;
import static io.realmwright.deployerpolicy.testing.TokenForge.component;
import static io.realmwright.deployerpolicy.testing.TokenForge.components;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.deployerpolicy.testing.TokenForge.Draft;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a token can say depends on the host profile, and on what there is to hold it against. */
class ProfileAppraisalTest {
    @Test
    void aGoodTokenOfRmm1_0IsAffirmedAndItsRimShowsTheRipasChoice() {
        byte[] token = TokenForge.token(FORGE.draft(claims(V10, SHA_256)));

        Appraisal appraisal = appraise(token, expectations(V10, SHA_256));

        assertThat(appraisal.status()).isEqualTo(ClaimStatus.AFFIRMING);
        assertThat(appraisal.claimsThatAre(ClaimStatus.NONE)).isEmpty();
        assertThat(appraisal.ripas().orElseThrow().measured()).isTrue();
        assertThat(appraisal.ripas().orElseThrow().instead()).isEmpty();
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
                .containsExactly(tuple(ClaimStatus.NONE, ClaimReason.UNAVAILABLE));
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
