package io.realmwright.deployerpolicy.audit;

/** What an entry of the audit trail tells of. */
public enum AuditEvent {
    POLICY_CREATED,
    POLICY_REVISED,
    POLICY_PUBLISHED,
    /** Denials too. */
    DECIDED,
    GRANTED,
    /** The host's agent says that the realm is active. */
    LAUNCHED,
    LAUNCH_FAILED,
    /** The run has come to an outcome. */
    RAN,
    STOPPED,
    /** Its host booted anew or is gone. */
    LOST,
    DELETED,
    /** A token of the realm was appraised. */
    APPRAISED,
    /** A caller had no good token, not the scope, or was cut off for asking too often. */
    REFUSED
}
