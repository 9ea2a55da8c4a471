package io.realmwright.deployerpolicy.attestation;

/** Why a claim has its status. */
public enum ClaimReason {
    MATCHES,
    MISMATCH,
    /** There is nothing to compare it with. */
    MISSING_REFERENCE,
    /** It cannot be there: the host has no way to set it. */
    UNAVAILABLE,
    /** The token cannot be read. */
    MALFORMED
}
