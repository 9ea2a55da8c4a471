package io.realmwright.machine.oracle;

/** Sizes in stage 2 with granules of 4 KiB. */
public final class Geometry {
    public static final long PAGE = 4096;
    public static final long MIB_2 = 512 * PAGE;
    public static final long GIB = 512 * MIB_2;

    private Geometry() {}

    /** What one entry maps. */
    public static long entrySize(int level) {
        return switch (level) {
            case 3 -> PAGE;
            case 2 -> MIB_2;
            case 1 -> GIB;
            case 0 -> 512 * GIB;
            default -> throw new IllegalArgumentException("no level " + level);
        };
    }

    /** What one table maps. */
    static long tableSize(int level) {
        return 512 * entrySize(level);
    }

    static boolean isAligned(long address, long size) {
        return address % size == 0;
    }

    static long alignDown(long address, long size) {
        return address - address % size;
    }
}
