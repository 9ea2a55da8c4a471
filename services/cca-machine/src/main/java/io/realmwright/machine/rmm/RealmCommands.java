package io.realmwright.machine.rmm;

/** The life of realms (reference sections 4.8 to 4.11). */
final class RealmCommands {
    private final RmmState rmm;
    private final RealmLifecycle lifecycle;

    RealmCommands(RmmState rmm) {
        this.rmm = rmm;
        this.lifecycle = new RealmLifecycle(rmm);
    }

    long create(long rd, long page) {
        if (!rmm.isHostPage(page)) {
            return RmiStatus.ERROR_INPUT;
        }
        RealmParams2_0 params = RealmParams2_0.read(rmm.memory, page);
        if (!params.check(rmm.config)) {
            return RmiStatus.ERROR_INPUT;
        }
        RealmExtensions extensions = params.extensions();
        int planes = 1 + extensions.auxiliaryPlanes();
        if (!rmm.takeIds(planes, extensions.privateMec())) {
            return RmiStatus.ERROR_GLOBAL;
        }
        if (!lifecycle.create(rd, params.common(), extensions)) {
            rmm.releaseIds(planes, extensions.privateMec());
            return RmiStatus.ERROR_INPUT;
        }
        return RmiStatus.SUCCESS;
    }

    long activate(long rd) {
        return lifecycle.activate(rd);
    }

    long terminate(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.runningRecs != 0) {
            return RmiStatus.ERROR_REALM;
        }
        realm.leaveNewFor(RealmState.ZOMBIE);
        return RmiStatus.SUCCESS;
    }

    long destroy(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.ZOMBIE || lifecycle.isLive(realm)) {
            return RmiStatus.ERROR_REALM;
        }
        lifecycle.destroy(realm);
        rmm.releaseIds(1 + realm.extensions.auxiliaryPlanes(), realm.extensions.privateMec());
        return RmiStatus.SUCCESS;
    }
}
