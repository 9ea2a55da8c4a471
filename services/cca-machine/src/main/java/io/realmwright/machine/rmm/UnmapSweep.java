package io.realmwright.machine.rmm;

/** The loop of RMI_RTT_DATA_UNMAP and RMI_RTT_UNPROT_UNMAP over the one table that maps {@code base}. */
final class UnmapSweep {
    /** Undoes one mapping. */
    @FunctionalInterface
    interface Release {
        /** The entry that takes the place of {@code entry}. */
        long release(Rtt table, long entry);
    }

    private UnmapSweep() {}

    /** Fills X1 to X3 of {@code out} on success; without any progress, the level where it stopped is the answer. */
    static long over(
            RmmState rmm, Realm realm, long base, long top, FreedAddresses freed, Release release, long[] out) {
        RttWalk walk = rmm.walk.to(realm, base, Rtt.LEAF_LEVEL);
        Rtt table = walk.table;
        long size = Rtt.entrySize(table.level);
        long cursor = base;
        if (Rtt.isAligned(base, table.level)) {
            for (int i = walk.index; i < Rtt.ENTRIES && cursor + size <= top; i++) {
                long entry = table.entries[i];
                if (Rtte.isTable(entry)) {
                    break;
                }
                if (Rtte.isAssigned(entry)) {
                    if (!freed.add(Rtte.address(entry), table.level)) {
                        break;
                    }
                    table.entries[i] = release.release(table, entry);
                }
                cursor += size;
            }
        }
        if (cursor == base) {
            return RmiStatus.errorRtt(table.level);
        }
        out[1] = cursor;
        out[2] = freed.single();
        out[3] = freed.written();
        return RmiStatus.SUCCESS;
    }
}
