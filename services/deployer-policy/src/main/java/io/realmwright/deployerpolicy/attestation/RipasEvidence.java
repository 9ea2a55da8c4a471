package io.realmwright.deployerpolicy.attestation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a token says about who declared the realm's memory.
 *
 * @param measured whether the RIM contains the choice: on RMM 1.0, INIT_RIPAS extends it; on 2.0 it does not
 * @param instead what evidence there is beside the RIM, the strongest first
 */
public record RipasEvidence(boolean measured, String statement, List<Item> instead) {
    public RipasEvidence {
        instead = List.copyOf(instead);
    }

    /** One kind of evidence. */
    public enum Kind {
        /** The RPV is the hash of the grant, which holds the choice: the host claims to have launched under it. */
        GRANT_IN_RPV,
        /** The guest read the RIPAS itself and extended a REM with what it read. */
        GUEST_READING_IN_REM,
        /** The host's own record of its RMI calls. */
        HOST_TRACE
    }

    /** How much one kind of evidence is worth for this realm. */
    public record Item(Kind kind, ClaimStatus status, String message) {}

    static RipasEvidence of(List<ClaimResult> realm, Expectations expectations) {
        if (TokenForm.ofRmm(expectations.profile().rmmVersion()) == TokenForm.RMM_1_0) {
            return new RipasEvidence(
                    true,
                    "On RMM 1.0 the RIM contains every INIT_RIPAS, so the RIM itself shows the choice.",
                    List.of());
        }
        return new RipasEvidence(
                false,
                "On RMM 2.0 the RIM does not contain the RIPAS choice: it would be the same for every choice.",
                List.of(grant(realm), guestReading(realm, expectations), trace()));
    }

    private static Item grant(List<ClaimResult> realm) {
        ClaimStatus status = statusOf(realm, RealmAppraisal.PERSONALIZATION_VALUE);
        String message = switch (status) {
            case AFFIRMING -> "The token names the grant, which holds the choice.";
            case NONE, WARNING -> "The token cannot name the grant.";
            case CONTRAINDICATED -> "The token names something else than the grant.";
        };
        return new Item(Kind.GRANT_IN_RPV, status, message);
    }

    private static Item guestReading(List<ClaimResult> realm, Expectations expectations) {
        List<ClaimStatus> statuses = new ArrayList<>();
        expectations.ripasReadings().stream()
                .sorted()
                .forEach(rem -> statuses.add(statusOf(realm, RealmAppraisal.extensibleMeasurement(rem))));
        if (statuses.isEmpty()) {
            return new Item(
                    Kind.GUEST_READING_IN_REM,
                    ClaimStatus.NONE,
                    "The guest's program measures no RIPAS (MEASURE_RIPAS).");
        }
        ClaimStatus worst = statuses.stream().max(ClaimStatus::compareTo).orElseThrow();
        boolean affirming = worst == ClaimStatus.AFFIRMING && !statuses.contains(ClaimStatus.NONE);
        return new Item(
                Kind.GUEST_READING_IN_REM,
                affirming || worst != ClaimStatus.AFFIRMING ? worst : ClaimStatus.NONE,
                affirming
                        ? "The guest found the RIPAS that the choice makes, and the RMM vouches for its reading."
                        : "The guest's reading is not the one that the choice makes, or none was forecast.");
    }

    private static ClaimStatus statusOf(List<ClaimResult> results, String claim) {
        return results.stream()
                .filter(result -> result.claim().equals(claim))
                .map(ClaimResult::status)
                .findFirst()
                .orElse(ClaimStatus.NONE);
    }

    private static Item trace() {
        return new Item(
                Kind.HOST_TRACE,
                ClaimStatus.NONE,
                "The trace shows the host's INIT_RIPAS calls, and is the host's word only.");
    }
}
