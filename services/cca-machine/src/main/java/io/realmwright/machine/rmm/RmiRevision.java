package io.realmwright.machine.rmm;

/** The revisions of the Realm Management Interface; each has commands, layouts and statuses of its own. */
public enum RmiRevision {
    RMI_1_0,
    RMI_2_0
}
