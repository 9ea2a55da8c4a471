package io.realmwright.deployerpolicy.realm;

/** What is wanted of a realm. */
public enum Goal {
    RUN,
    STOP,
    DELETE
}
