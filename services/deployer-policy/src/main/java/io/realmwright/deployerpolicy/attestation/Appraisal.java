package io.realmwright.deployerpolicy.attestation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was found about a token, claim by claim.
 *
 * @param ripas empty if the token could not be read
 */
public record Appraisal(List<ClaimResult> platform, List<ClaimResult> realm, Optional<RipasEvidence> ripas) {
    /** Without these nothing else in a token means anything, so nothing is affirmed while one of them is not. */
    private static final Set<String> ESSENTIAL = Set.of(
            PlatformAppraisal.SIGNATURE,
            RealmAppraisal.BINDING,
            RealmAppraisal.SIGNATURE,
            RealmAppraisal.CHALLENGE,
            RealmAppraisal.INITIAL_MEASUREMENT);

    public Appraisal {
        platform = List.copyOf(platform);
        realm = List.copyOf(realm);
    }

    static Appraisal of(Evidence evidence, Optional<PlatformReference> reference, Expectations expectations) {
        List<ClaimResult> realm = RealmAppraisal.of(evidence, expectations);
        return new Appraisal(
                PlatformAppraisal.of(evidence.platform(), reference),
                realm,
                Optional.of(RipasEvidence.of(realm, expectations)));
    }

    static Appraisal of(Decoding.Malformed malformed) {
        var result = new ClaimResult(
                "token",
                ClaimStatus.CONTRAINDICATED,
                ClaimReason.MALFORMED,
                null,
                malformed.defect().name(),
                malformed.message());
        return new Appraisal(List.of(), List.of(result), Optional.empty());
    }

    public ClaimStatus platformStatus() {
        return statusOf(platform);
    }

    public ClaimStatus realmStatus() {
        return statusOf(realm);
    }

    /** What it comes to: the worst that was found, and nothing at all while an essential claim says nothing. */
    public ClaimStatus status() {
        return statusOf(Stream.concat(platform.stream(), realm.stream()).toList());
    }

    private static ClaimStatus statusOf(List<ClaimResult> results) {
        if (results.stream().anyMatch(result -> result.is(ClaimStatus.CONTRAINDICATED))) {
            return ClaimStatus.CONTRAINDICATED;
        }
        boolean unfounded = results.isEmpty()
                || results.stream()
                        .anyMatch(result -> ESSENTIAL.contains(result.claim()) && result.is(ClaimStatus.NONE));
        if (unfounded) {
            return ClaimStatus.NONE;
        }
        return results.stream().anyMatch(result -> result.is(ClaimStatus.WARNING))
                ? ClaimStatus.WARNING
                : ClaimStatus.AFFIRMING;
    }

    /** Whether the realm may be called attested. */
    public boolean isAttested() {
        return status() == ClaimStatus.AFFIRMING || status() == ClaimStatus.WARNING;
    }

    /** The names of the claims that have this status. */
    List<String> claimsThatAre(ClaimStatus status) {
        return Stream.concat(platform.stream(), realm.stream())
                .filter(result -> result.is(status))
                .map(ClaimResult::claim)
                .toList();
    }
}
