package io.realmwright.machine.rmm;

/**
 * An address range as the host writes it (reference section 5.5): block size code in bits 1:0, number of blocks in bits
 * 11:2, address in bits 51:12, state in bit 63 (0 delegated, 1 undelegated).
 */
public final class RangeDescriptor {
    static final int BLOCKS_MAX = (1 << 10) - 1;
    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final long UNDELEGATED = 1L << 63;

    private RangeDescriptor() {}

    /** A range of {@code blocks} blocks, at most 1023, of the size that an entry at {@code level} maps. */
    public static long of(long address, int level, int blocks) {
        return (address & ADDRESS) | (long) blocks << 2 | (Rtt.LEAF_LEVEL - level);
    }

    static long undelegated(long descriptor) {
        return descriptor | UNDELEGATED;
    }

    static boolean isDelegated(long descriptor) {
        return (descriptor & UNDELEGATED) == 0;
    }

    public static long address(long descriptor) {
        return descriptor & ADDRESS;
    }

    /** Blocks in the range; a donate request counts its granules in the same bits. */
    public static int blocks(long descriptor) {
        return (int) (descriptor >> 2) & BLOCKS_MAX;
    }

    /** The level whose entries map one block: 3 for granules, 0 for the largest. */
    static int level(long descriptor) {
        return Rtt.LEAF_LEVEL - (int) (descriptor & 3);
    }

    /** Granules in the whole range. */
    public static long granules(long descriptor) {
        return (long) blocks(descriptor) << (Rtt.entryShift(level(descriptor)) - 12);
    }

    /** The same range with one more block on whichever side {@code address} continues it; 0 if it does not. */
    static long grown(long descriptor, long address, int level) {
        int blocks = blocks(descriptor);
        if (blocks == 0 || blocks == BLOCKS_MAX || level(descriptor) != level) {
            return 0;
        }
        long state = descriptor & UNDELEGATED;
        long start = address(descriptor);
        if (address == start + blocks * Rtt.entrySize(level)) {
            return of(start, level, blocks + 1) | state;
        }
        return address + Rtt.entrySize(level) == start ? of(address, level, blocks + 1) | state : 0;
    }
}
