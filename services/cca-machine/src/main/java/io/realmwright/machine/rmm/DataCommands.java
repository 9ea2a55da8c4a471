package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/** Realm contents in the protected half (reference sections 4.19 to 4.21). */
final class DataCommands {
    private final RmmState rmm;
    private final OutputAddresses source;
    private final FreedAddresses freed;
    private final UnmapSweep.Release release = this::release;

    DataCommands(RmmState rmm) {
        this.rmm = rmm;
        this.source = new OutputAddresses(rmm);
        this.freed = new FreedAddresses(rmm, false);
    }

    /** Copies a page of the host into a NEW realm. The RIM is extended always, over the contents if flags say so. */
    long mapInit(long rd, long data, long ipa, long src, long flags) {
        Realm realm = rmm.granules.realm(rd);
        if ((flags != 0 && flags != 1) || data == rd || !rmm.isHostPage(src) || realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW) {
            return RmiStatus.ERROR_REALM;
        }
        if (!realm.isProtected(ipa) || !Granule.isAligned(ipa) || !realm.canMap(data)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, Rtt.LEAF_LEVEL);
        if (walk.level() != Rtt.LEAF_LEVEL || !Rtte.isUnassigned(walk.entry())) {
            return RmiStatus.errorRtt(walk.level());
        }
        if (!rmm.granules.is(data, GranuleState.DELEGATED)) {
            return RmiStatus.ERROR_INPUT;
        }
        rmm.populate(realm, ipa, data, src, flags == 1);
        walk.entry(Rtte.data(data, Rtte.RAM));
        walk.table.refcount++;
        rmm.granules.become(data, GranuleState.DATA);
        return RmiStatus.SUCCESS;
    }

    /** Maps zeroed memory; RIPAS stays what it is. Stops at the first block that it cannot map. */
    long map(long rd, long base, long top, long flags, long oaddr, long[] out) {
        if (!rmm.operations.hasFree()) {
            return RmiStatus.BLOCKED;
        }
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW && realm.state != RealmState.ACTIVE) {
            return RmiStatus.ERROR_REALM;
        }
        if (Long.compareUnsigned(top, base) <= 0 || !source.open(flags, oaddr) || !source.isDelegated()) {
            return RmiStatus.ERROR_INPUT;
        }
        int level = source.level();
        if (level < 1
                || !Granule.isAligned(top)
                || level < realm.startLevel
                || !Rtt.isAligned(base, level)
                || !realm.isProtected(base)
                || !realm.isProtected(top - Granule.SIZE_BYTES)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (top - base < Rtt.entrySize(level)) {
            return RmiStatus.errorRtt(level);
        }
        RttWalk walk = rmm.walk.to(realm, base, level);
        if (walk.level() != level) {
            return RmiStatus.errorRtt(walk.level());
        }
        return mapBlocks(realm, walk, base, top, out);
    }

    private long mapBlocks(Realm realm, RttWalk walk, long base, long top, long[] out) {
        int level = walk.level();
        long size = Rtt.entrySize(level);
        long[] entries = walk.table.entries;
        long cursor = base;
        long status = RmiStatus.SUCCESS;
        for (int i = walk.index; i < Rtt.ENTRIES && cursor < top; i++) {
            status = canMapBlock(realm, level, entries[i], top - cursor);
            if (status != RmiStatus.SUCCESS) {
                break;
            }
            if (Rtte.isUnassigned(entries[i])) {
                int granules = (int) (size >>> Granule.SHIFT);
                becomeData(source.address(), granules);
                entries[i] = Rtte.data(source.address(), Rtte.ripas(entries[i]));
                walk.table.refcount++;
            }
            source.next();
            cursor += size;
        }
        if (cursor == base) {
            return status;
        }
        out[1] = cursor;
        return RmiStatus.SUCCESS;
    }

    private long canMapBlock(Realm realm, int level, long entry, long space) {
        if (!source.hasBlock() || !source.isDelegated()) {
            return RmiStatus.ERROR_INPUT;
        }
        if (source.level() != level || space < Rtt.entrySize(level)) {
            return RmiStatus.errorRtt(level);
        }
        long address = source.address();
        if (!Rtt.isAligned(address, level) || !realm.canMap(address)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (Rtte.isProtectedData(entry) && Rtte.address(entry) == address) {
            return RmiStatus.SUCCESS;
        }
        if (!Rtte.isUnassigned(entry)) {
            return RmiStatus.errorRtt(level);
        }
        int granules = (int) (Rtt.entrySize(level) >>> Granule.SHIFT);
        return rmm.granules.areAll(address, granules, GranuleState.DELEGATED)
                ? RmiStatus.SUCCESS
                : RmiStatus.ERROR_INPUT;
    }

    private void becomeData(long address, int granules) {
        rmm.memory.zeroGranules(address, granules);
        rmm.granules.becomeAll(address, granules, GranuleState.DELEGATED, GranuleState.DATA);
    }

    /** Takes memory away in any realm state. What was RAM becomes DESTROYED: the guest can tell. */
    long unmap(long rd, long base, long top, long flags, long oaddr, long[] out) {
        if (!rmm.operations.hasFree()) {
            return RmiStatus.BLOCKED;
        }
        Realm realm = rmm.granules.realm(rd);
        if (realm == null
                || !Granule.isAligned(base)
                || !Granule.isAligned(top)
                || Long.compareUnsigned(top, base) <= 0
                || !realm.isProtected(base)
                || !realm.isProtected(top - Granule.SIZE_BYTES)
                || !freed.open(flags, oaddr)) {
            return RmiStatus.ERROR_INPUT;
        }
        return UnmapSweep.over(rmm, realm, base, top, freed, release, out);
    }

    /** The entry that is left when {@code entry} is unmapped; its granules go back to DELEGATED. */
    private long release(Rtt table, long entry) {
        int granules = (int) (Rtt.entrySize(table.level) >>> Granule.SHIFT);
        rmm.granules.becomeAll(Rtte.address(entry), granules, GranuleState.DATA, GranuleState.DELEGATED);
        table.refcount--;
        return Rtte.unassigned(Rtte.ripas(entry) == Rtte.EMPTY ? Rtte.EMPTY : Rtte.DESTROYED);
    }
}
