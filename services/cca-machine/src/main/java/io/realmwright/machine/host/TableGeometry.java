package io.realmwright.machine.host;

import io.realmwright.machine.memory.MemoryMap;

/** The shape of stage-2 tables with 4 KiB granules, as a host kernel has to know it (reference section 7). */
final class TableGeometry {
    static final int LEAF_LEVEL = 3;

    private TableGeometry() {}

    /** Bytes that one entry at {@code level} maps. */
    static long entrySize(int level) {
        return MemoryMap.entryBytes(level);
    }

    /** Linux' choice: as many levels as the width needs, with up to 16 concatenated tables at the top. */
    static int startLevel(int ipaBits) {
        return 4 - (ipaBits - 8) / 9;
    }

    /** Tables at the start level. */
    static int rootTables(int ipaBits) {
        int bitsOfOneTable = (LEAF_LEVEL - startLevel(ipaBits)) * 9 + 21;
        return ipaBits <= bitsOfOneTable ? 1 : 1 << (ipaBits - bitsOfOneTable);
    }

    /** The level of the largest entry that begins at {@code ipa}, ends by {@code top} and is not above {@code start}. */
    static int largestLevel(long ipa, long top, int start) {
        int level = LEAF_LEVEL;
        while (level > start && ipa % entrySize(level - 1) == 0 && top - ipa >= entrySize(level - 1)) {
            level--;
        }
        return level;
    }
}
