package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/** Memory of the host in the unprotected half (reference section 4.22). It holds no references and no granules. */
final class UnprotectedCommands {
    /** There is nothing to give back but the entry. */
    private static final UnmapSweep.Release RELEASE = (table, entry) -> Rtte.UNASSIGNED_NS;

    private final RmmState rmm;
    private final OutputAddresses source;
    private final FreedAddresses freed;

    UnprotectedCommands(RmmState rmm) {
        this.rmm = rmm;
        this.source = new OutputAddresses(rmm);
        this.freed = new FreedAddresses(rmm, true);
    }

    /** Maps whatever address the host names; whether it may be accessed is decided when the guest does. */
    long map(long rd, long base, long top, long flags, long oaddr, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW && realm.state != RealmState.ACTIVE) {
            return RmiStatus.ERROR_REALM;
        }
        if (Long.compareUnsigned(top, base) <= 0 || !source.open(flags, oaddr)) {
            return RmiStatus.ERROR_INPUT;
        }
        int level = source.level();
        // A range that begins in PAR and ends outside it is refused by the walk or at its first entry, not here.
        if (level < 1
                || !Granule.isAligned(top)
                || level < realm.startLevel
                || !Rtt.isAligned(base, level)
                || !realm.isUnprotected(top - Granule.SIZE_BYTES)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (top - base < Rtt.entrySize(level)) {
            return RmiStatus.errorRtt(level);
        }
        int attributes = NsMapping.attributes(flags);
        if (!NsMapping.isDirectS2ap(attributes)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, base, level);
        if (walk.level() != level) {
            return RmiStatus.errorRtt(walk.level());
        }
        return mapBlocks(realm, walk, base, top, attributes, out);
    }

    private long mapBlocks(Realm realm, RttWalk walk, long base, long top, int attributes, long[] out) {
        long size = Rtt.entrySize(walk.level());
        long[] entries = walk.table.entries;
        long cursor = base;
        long status = RmiStatus.SUCCESS;
        for (int i = walk.index; i < Rtt.ENTRIES && cursor < top; i++) {
            status = canMapBlock(realm, walk.level(), entries[i], top - cursor, attributes);
            if (status != RmiStatus.SUCCESS) {
                break;
            }
            entries[i] = Rtte.ns(source.address(), attributes);
            source.next();
            cursor += size;
        }
        if (cursor == base) {
            return status;
        }
        out[1] = cursor;
        return RmiStatus.SUCCESS;
    }

    private long canMapBlock(Realm realm, int level, long entry, long space, int attributes) {
        if (!source.hasBlock()) {
            return RmiStatus.ERROR_INPUT;
        }
        if (source.level() != level || space < Rtt.entrySize(level)) {
            return RmiStatus.errorRtt(level);
        }
        long address = source.address();
        if (!Rtt.isAligned(address, level) || !realm.canMap(address) || NsMapping.hasReservedMemAttr(attributes)) {
            return RmiStatus.ERROR_INPUT;
        }
        boolean vacantOrSame = entry == Rtte.UNASSIGNED_NS || entry == Rtte.ns(address, attributes);
        return vacantOrSame ? RmiStatus.SUCCESS : RmiStatus.errorRtt(level);
    }

    long unmap(long rd, long base, long top, long flags, long oaddr, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null
                || !Granule.isAligned(base)
                || !Granule.isAligned(top)
                || Long.compareUnsigned(top, base) <= 0
                || !realm.isUnprotected(base)
                || !realm.isUnprotected(top - Granule.SIZE_BYTES)
                || !freed.open(flags, oaddr)) {
            return RmiStatus.ERROR_INPUT;
        }
        return UnmapSweep.over(rmm, realm, base, top, freed, RELEASE, out);
    }
}
