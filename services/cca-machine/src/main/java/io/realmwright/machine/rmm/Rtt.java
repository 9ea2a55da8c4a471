package io.realmwright.machine.rmm;

import java.util.Arrays;

/** A stage-2 table: 512 entries. Geometry: reference section 7. */
final class Rtt {
    static final int ENTRIES = 512;
    static final int LEAF_LEVEL = 3;

    final long address;
    final int level;
    /** The IPA that entry 0 maps. */
    final long ipaBase;

    final long[] entries = new long[ENTRIES];
    /** Child tables and protected data entries; NS mappings do not count. */
    int refcount;

    Rtt(long address, int level, long ipaBase) {
        this.address = address;
        this.level = level;
        this.ipaBase = ipaBase;
    }

    /** Makes every entry {@code entry}, advancing its address from one to the next. */
    void fill(long entry) {
        if (Rtte.isAssigned(entry)) {
            for (int i = 0; i < ENTRIES; i++) {
                entries[i] = Rtte.advanced(entry, i * entrySize(level));
            }
        } else {
            Arrays.fill(entries, entry);
        }
    }

    /** Whether the table holds just what {@link #fill} of its first entry would put there. */
    boolean isHomogeneous() {
        long first = entries[0];
        if (Rtte.isTable(first)) {
            return false;
        }
        for (int i = 1; i < ENTRIES; i++) {
            if (entries[i] != Rtte.advanced(first, i * entrySize(level))) {
                return false;
            }
        }
        return true;
    }

    long ipaOf(int index) {
        return ipaBase + index * entrySize(level);
    }

    /** The first IPA at or after entry {@code index} whose entry is live, or the end of the table. */
    long nextLive(int index) {
        int next = index;
        while (next < ENTRIES && !Rtte.isLive(entries[next])) {
            next++;
        }
        return ipaOf(next);
    }

    /** log2 of the bytes that one entry at {@code level} maps. */
    static int entryShift(int level) {
        return 12 + 9 * (LEAF_LEVEL - level);
    }

    /** Bytes that one entry at {@code level} maps. */
    static long entrySize(int level) {
        return 1L << entryShift(level);
    }

    static boolean isAligned(long ipa, int level) {
        return (ipa & (entrySize(level) - 1)) == 0;
    }
}
