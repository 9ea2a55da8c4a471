package io.realmwright.machine.oracle;

/** A range of physical memory as one word: size code 1:0, blocks 11:2, address 51:12, state 63. */
record Range(long address, int level, int blocks, boolean delegated) {
    static Range of(long word) {
        return new Range(word & 0xf_ffff_ffff_f000L, 3 - (int) (word & 3), (int) (word >> 2) & 0x3ff, word >= 0);
    }

    long word() {
        return address | (long) blocks << 2 | (3 - level) | (delegated ? 0 : Long.MIN_VALUE);
    }

    long block(int number) {
        return address + number * Geometry.entrySize(level);
    }
}
