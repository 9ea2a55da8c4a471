package io.realmwright.deployerpolicy.attestation;

import org.jspecify.annotations.Nullable;

/**
 * What was found about one claim of a token.
 *
 * @param claim its name, {@code platform.…} or {@code realm.…}
 * @param expected null where nothing was expected
 * @param actual null where the token says nothing
 */
public record ClaimResult(
        String claim,
        ClaimStatus status,
        ClaimReason reason,
        @Nullable String expected,
        @Nullable String actual,
        String message) {
    /** Equal is affirming, and different is contraindicated. */
    static ClaimResult compared(String claim, String expected, String actual) {
        return expected.equals(actual)
                ? new ClaimResult(claim, ClaimStatus.AFFIRMING, ClaimReason.MATCHES, expected, actual, "As expected.")
                : new ClaimResult(
                        claim, ClaimStatus.CONTRAINDICATED, ClaimReason.MISMATCH, expected, actual, "Not as expected.");
    }

    static ClaimResult signature(String claim, boolean verifies, String by) {
        String verified = "verifies with " + by;
        return compared(claim, verified, verifies ? verified : "does not verify with " + by);
    }

    static ClaimResult withoutReference(String claim, String actual, String message) {
        return new ClaimResult(claim, ClaimStatus.NONE, ClaimReason.MISSING_REFERENCE, null, actual, message);
    }

    boolean is(ClaimStatus one) {
        return status == one;
    }
}
