package io.realmwright.deployerpolicy.realm;

/** How far a realm is. */
public enum Phase {
    /** Not decided: there is no candidate host. */
    PENDING,
    /** The policy allows it, and no host was chosen. */
    DECIDED,
    /** A host was chosen and does not know yet. */
    PLACED,
    /** The host was told to launch it. */
    LAUNCHING,
    /** Launched; no vCPU has run. */
    ACTIVE,
    RUNNING,
    /** It ended, and its memory is the host's again. */
    STOPPED,
    /** The policy came to deny it. */
    DENIED,
    FAILED,
    /** Its host booted anew. */
    LOST,
    DELETING
}
