package io.realmwright.deployerpolicy.attestation;

/** What is to be thought of a claim, by the tiers of EAR (draft-ietf-rats-ear, draft-ietf-rats-ar4si). */
public enum ClaimStatus {
    /** Nothing can be said about it. */
    NONE,
    AFFIRMING,
    WARNING,
    CONTRAINDICATED
}
