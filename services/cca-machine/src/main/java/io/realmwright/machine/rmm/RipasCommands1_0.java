package io.realmwright.machine.rmm;

/** Who promised which memory in RMM 1.0: what the host declares is measured, entry by entry (reference section 15). */
final class RipasCommands1_0 extends RipasCommands {
    private final RmmState rmm;

    RipasCommands1_0(RmmState rmm) {
        super(rmm);
        this.rmm = rmm;
    }

    /**
     * The size of the entries shows in the RIM, and so does an entry that is declared again. Unlike 2.0, declares only
     * what has no contents yet.
     */
    @Override
    long declare(Realm realm, long base, long top) {
        RttWalk walk = rmm.walk.to(realm, base, Rtt.LEAF_LEVEL);
        long size = Rtt.entrySize(walk.level());
        if (!Rtt.isAligned(base, walk.level())) {
            return base;
        }
        long[] entries = walk.table.entries;
        long cursor = base;
        for (int i = walk.index; i < Rtt.ENTRIES && cursor + size <= top; i++) {
            if (entries[i] != Rtte.UNASSIGNED_EMPTY && entries[i] != Rtte.UNASSIGNED_RAM) {
                break;
            }
            entries[i] = Rtte.UNASSIGNED_RAM;
            realm.measurement.extendRipas(cursor, cursor + size);
            cursor += size;
        }
        return cursor;
    }

    /** Even for EMPTY the guest has to say so. */
    @Override
    boolean mayChangeDestroyed(Rec rec) {
        return rec.ripasChangesDestroyed;
    }
}
