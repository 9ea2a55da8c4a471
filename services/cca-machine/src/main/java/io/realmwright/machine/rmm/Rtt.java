package io.realmwright.machine.rmm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stage-2 table: 512 entries. Geometry: reference section 7. */
final class Rtt {
    static final int ENTRIES = 512;
    static final int LEAF_LEVEL = 3;

    final long address;
    final int level;
    /** The IPA that entry 0 maps. */
    final long ipaBase;

    private final int entryShift;
    final long[] entries = new long[ENTRIES];
    /** The tables that entries name, which a walk would else look up by address; null while there are none. */
    private @Nullable Rtt @Nullable [] children;

    /** Child tables and protected data entries; NS mappings do not count. */
    int refcount;

    Rtt(long address, int level, long ipaBase) {
        this.address = address;
        this.level = level;
        this.ipaBase = ipaBase;
        this.entryShift = entryShift(level);
    }

    /** The index of the entry that maps an IPA of this table. */
    int indexOf(long ipa) {
        return (int) (ipa >>> entryShift) & (ENTRIES - 1);
    }

    /** The table that entry {@code index} names, null if it names none. */
    @Nullable
    Rtt child(int index) {
        return children == null ? null : children[index];
    }

    /** Makes an entry name {@code child}. */
    void link(int index, Rtt child) {
        if (children == null) {
            children = new Rtt[ENTRIES];
        }
        children[index] = child;
        entries[index] = Rtte.table(child.address);
    }

    /** Puts {@code entry}, which names no table, where one was named. */
    void unlink(int index, long entry) {
        if (children != null) {
            children[index] = null;
        }
        entries[index] = entry;
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
