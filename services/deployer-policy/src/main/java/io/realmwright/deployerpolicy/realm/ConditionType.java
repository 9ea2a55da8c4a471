package io.realmwright.deployerpolicy.realm;

/** What a condition of a realm is about. */
public enum ConditionType {
    /** The policy allows the realm. */
    DECIDED,
    /** A host was chosen. */
    PLACED,
    /** The host's agent answers. */
    HOST_REACHABLE,
    /** The realm is active on its host. */
    LAUNCHED,
    /** The measurement that the host reports is the one that was forecast. */
    RIM_AS_FORECAST,
    /** The guest booted. */
    READY,
    /** The latest token that the realm made was appraised and found good. */
    ATTESTED
}
