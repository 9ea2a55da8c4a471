package io.realmwright.deployerpolicy.decision;

/** Names a decision's document by a digest, so that the audit trail vouches for all of it. */
public interface DecisionDigests {
    /** SHA-256 of the decision's canonical JSON text, 64 lower-case hexadecimal digits. */
    String of(Decision decision);
}
