package io.realmwright.deployerpolicy.realm;

/** A realm before and after a change. */
record Turn(Realm before, Realm after) {}
