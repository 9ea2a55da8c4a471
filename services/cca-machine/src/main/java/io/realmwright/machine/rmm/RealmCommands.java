package io.realmwright.machine.rmm;

/** The life of realms (reference sections 4.8 to 4.11). */
final class RealmCommands {
    private final RmmState rmm;

    RealmCommands(RmmState rmm) {
        this.rmm = rmm;
    }

    long create(long rd, long page) {
        if (!rmm.isHostPage(page)) {
            return RmiStatus.ERROR_INPUT;
        }
        RealmParams params = RealmParams.read(rmm.memory, page);
        if (!params.check(rmm.config)) {
            return RmiStatus.ERROR_INPUT;
        }
        int planes = 1 + (int) params.auxPlanes();
        if (!rmm.takeIds(planes, params.privateMec())) {
            return RmiStatus.ERROR_GLOBAL;
        }
        if (!takeGranules(rd, params)) {
            rmm.releaseIds(planes, params.privateMec());
            return RmiStatus.ERROR_INPUT;
        }
        return RmiStatus.SUCCESS;
    }

    /** All or nothing: a granule named for two roles is no longer DELEGATED when it is looked at again. */
    private boolean takeGranules(long rd, RealmParams params) {
        long[] auxiliary = params.auxiliaryRootGranules();
        int taken = 0;
        while (taken < auxiliary.length && rmm.granules.is(auxiliary[taken], GranuleState.DELEGATED)) {
            rmm.granules.become(auxiliary[taken++], GranuleState.RTT);
        }
        long[] rootGranules = params.rootGranules();
        boolean free = taken == auxiliary.length
                && areDelegated(rootGranules)
                && rmm.granules.is(rd, GranuleState.DELEGATED)
                && !contains(rootGranules, rd);
        if (!free) {
            giveBack(auxiliary, taken);
            return false;
        }
        Rtt[] roots = new Rtt[rootGranules.length];
        Realm realm = new Realm(rd, params, roots, new Measurement(params));
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

    long activate(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW) {
            return RmiStatus.ERROR_REALM;
        }
        realm.state = RealmState.ACTIVE;
        return RmiStatus.SUCCESS;
    }

    long terminate(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.runningRecs != 0) {
            return RmiStatus.ERROR_REALM;
        }
        realm.state = RealmState.ZOMBIE;
        return RmiStatus.SUCCESS;
    }

    long destroy(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.liveRecs != 0 || realm.state != RealmState.ZOMBIE || isLive(realm)) {
            return RmiStatus.ERROR_REALM;
        }
        for (Rtt root : realm.roots) {
            rmm.granules.become(root.address, GranuleState.DELEGATED);
        }
        giveBack(realm.auxiliaryRoots, realm.auxiliaryRoots.length);
        rmm.granules.become(rd, GranuleState.DELEGATED);
        rmm.releaseIds(1 + realm.auxiliaryRoots.length / realm.roots.length, realm.privateMec);
        return RmiStatus.SUCCESS;
    }

    private static boolean isLive(Realm realm) {
        for (Rtt root : realm.roots) {
            if (root.refcount != 0) {
                return true;
            }
        }
        return false;
    }

    private void giveBack(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            rmm.granules.become(addresses[i], GranuleState.DELEGATED);
        }
    }
}
