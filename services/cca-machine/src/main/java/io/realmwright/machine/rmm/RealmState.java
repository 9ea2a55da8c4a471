package io.realmwright.machine.rmm;

/** The life of a realm (reference section 6.2). */
enum RealmState {
    NEW,
    ACTIVE,
    SYSTEM_OFF,
    ZOMBIE
}
