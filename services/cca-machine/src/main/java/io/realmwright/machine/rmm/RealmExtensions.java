package io.realmwright.machine.rmm;

/**
 * What a realm of RMM 2.0 has beside one of 1.0.
 *
 * @param auxiliaryPlanes planes beside plane 0
 * @param auxiliaryRoots root tables of auxiliary planes: accepted, held and given back, never walked
 * @param privateMec whether it has a memory encryption context of its own
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RealmExtensions(int auxiliaryPlanes, long atsPlane, long[] auxiliaryRoots, boolean privateMec) {
    /** A realm of RMM 1.0. */
    static final RealmExtensions NONE = new RealmExtensions(0, 0, new long[0], false);
}
