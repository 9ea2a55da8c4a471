package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/** Realm contents in the protected half, page by page (reference section 15). */
final class DataCommands1_0 {
    private final RmmState rmm;

    DataCommands1_0(RmmState rmm) {
        this.rmm = rmm;
    }

    /** Copies a page of the host into a NEW realm. The RIM is extended always, over the contents if flags say so. */
    long create(long rd, long data, long ipa, long src, long flags) {
        Realm realm = rmm.granules.realm(rd);
        if ((flags != 0 && flags != 1)
                || !rmm.isHostPage(src)
                || !rmm.granules.is(data, GranuleState.DELEGATED)
                || realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW) {
            return RmiStatus.ERROR_REALM;
        }
        long status = checkPage(realm, ipa);
        if (status == RmiStatus.SUCCESS) {
            rmm.populate(realm, ipa, data, src, flags == 1);
            map(data, Rtte.RAM);
        }
        return status;
    }

    /** Maps a zeroed page in any realm state; RIPAS stays what it is. */
    long createUnknown(long rd, long data, long ipa) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null || !rmm.granules.is(data, GranuleState.DELEGATED)) {
            return RmiStatus.ERROR_INPUT;
        }
        long status = checkPage(realm, ipa);
        if (status == RmiStatus.SUCCESS) {
            map(data, Rtte.ripas(rmm.walk.entry()));
        }
        return status;
    }

    /** Walks to the page that data is to be mapped at. */
    private long checkPage(Realm realm, long ipa) {
        if (!realm.isProtected(ipa) || !Granule.isAligned(ipa)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, Rtt.LEAF_LEVEL);
        boolean vacant = walk.level() == Rtt.LEAF_LEVEL && Rtte.isUnassigned(walk.entry());
        return vacant ? RmiStatus.SUCCESS : RmiStatus.errorRtt(walk.level());
    }

    private void map(long data, int ripas) {
        rmm.walk.entry(Rtte.data(data, ripas));
        rmm.walk.table.refcount++;
        rmm.granules.become(data, GranuleState.DATA);
    }

    /** X1 is the page that is free now; X2 the next IPA with something to destroy, also where there was nothing. */
    long destroy(long rd, long ipa, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null || !realm.isProtected(ipa) || !Granule.isAligned(ipa)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, Rtt.LEAF_LEVEL);
        if (walk.level() != Rtt.LEAF_LEVEL || !Rtte.isAssigned(walk.entry())) {
            out[2] = walk.nextLive(ipa);
            return RmiStatus.errorRtt(walk.level());
        }
        long data = Rtte.address(walk.entry());
        boolean empty = Rtte.ripas(walk.entry()) == Rtte.EMPTY;
        walk.entry(Rtte.unassigned(empty ? Rtte.EMPTY : Rtte.DESTROYED));
        walk.table.refcount--;
        rmm.memory.zeroGranule(data);
        rmm.granules.become(data, GranuleState.DELEGATED);
        out[1] = data;
        out[2] = walk.nextLive(ipa);
        return RmiStatus.SUCCESS;
    }
}
