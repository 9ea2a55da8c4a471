package io.realmwright.machine.rmm;

/** How realms come and go, in every revision. */
final class RealmLifecycle {
    private final RmmState rmm;

    RealmLifecycle(RmmState rmm) {
        this.rmm = rmm;
    }

    /**
     * Makes {@code rd} a realm in state NEW; false, and nothing has changed, if a granule is not DELEGATED. A granule
     * named for two roles is no longer DELEGATED when it is looked at again.
     */
    boolean create(long rd, RealmParams params, RealmExtensions extensions) {
        long[] auxiliary = extensions.auxiliaryRoots();
        int taken = 0;
        while (taken < auxiliary.length && rmm.granules.is(auxiliary[taken], GranuleState.DELEGATED)) {
            rmm.granules.become(auxiliary[taken++], GranuleState.RTT);
        }
        long[] rootGranules = params.rootGranules(params.rttBase());
        boolean free = taken == auxiliary.length
                && areDelegated(rootGranules)
                && rmm.granules.is(rd, GranuleState.DELEGATED)
                && !contains(rootGranules, rd);
        if (!free) {
            giveBack(auxiliary, taken);
            return false;
        }
        Rtt[] roots = new Rtt[rootGranules.length];
        Realm realm = new Realm(rd, params, extensions, roots, rmm.drawInstanceId(), rmm.rimObserver);
        for (int i = 0; i < roots.length; i++) {
            roots[i] = newRoot(realm, rootGranules[i], i);
            rmm.granules.become(rootGranules[i], GranuleState.RTT, roots[i]);
        }
        rmm.granules.become(rd, GranuleState.RD, realm);
        return true;
    }

    private static Rtt newRoot(Realm realm, long granule, int number) {
        int level = realm.startLevel;
        Rtt root = new Rtt(granule, level, (long) number * Rtt.ENTRIES * Rtt.entrySize(level));
        for (int i = 0; i < Rtt.ENTRIES; i++) {
            root.entries[i] = realm.vacantEntry(root.ipaOf(i), Rtte.EMPTY);
        }
        return root;
    }

    private boolean areDelegated(long[] addresses) {
        for (long address : addresses) {
            if (!rmm.granules.is(address, GranuleState.DELEGATED)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(long[] addresses, long address) {
        for (long candidate : addresses) {
            if (candidate == address) {
                return true;
            }
        }
        return false;
    }

    /** RMI_REALM_ACTIVATE. */
    long activate(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW) {
            return RmiStatus.ERROR_REALM;
        }
        realm.leaveNewFor(RealmState.ACTIVE);
        return RmiStatus.SUCCESS;
    }

    /** Whether RECs or anything in its tables keep the realm from being destroyed. */
    boolean isLive(Realm realm) {
        for (Rtt root : realm.roots) {
            if (root.refcount != 0) {
                return true;
            }
        }
        return realm.liveRecs != 0;
    }

    void destroy(Realm realm) {
        for (Rtt root : realm.roots) {
            rmm.granules.become(root.address, GranuleState.DELEGATED);
        }
        giveBack(realm.extensions.auxiliaryRoots(), realm.extensions.auxiliaryRoots().length);
        rmm.granules.become(realm.rd, GranuleState.DELEGATED);
    }

    private void giveBack(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            rmm.granules.become(addresses[i], GranuleState.DELEGATED);
        }
    }
}
