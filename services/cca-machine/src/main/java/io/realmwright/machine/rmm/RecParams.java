package io.realmwright.machine.rmm;

/**
 * RmiRecParams, read from a page of the host (reference section 5.2).
 *
 * @param registers X0 to X7 at entry
 */
@SuppressWarnings("ArrayRecordComponent") // words of a page, never compared
record RecParams(long flags, long mpidr, long pc, long[] registers) {
    static final int REGISTERS = 8;

    private static final long RUNNABLE = 1;
    private static final long MPIDR_MASK = 0xffff_ff0fL;

    static RecParams read(PhysicalMemory memory, long page) {
        long[] registers = new long[REGISTERS];
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = memory.readWord(page + 0x300 + 8L * i);
        }
        return new RecParams(
                memory.readWord(page), memory.readWord(page + 0x100), memory.readWord(page + 0x200), registers);
    }

    boolean runnable() {
        return (flags & RUNNABLE) != 0;
    }

    /** Whether the MPIDR is the one of the REC with this index; Aff0 has four bits. */
    boolean hasIndex(int index) {
        return (mpidr & ~MPIDR_MASK) == 0 && Mpidr.index(mpidr & 0xf, mpidr >> 8, mpidr >> 16, mpidr >> 24) == index;
    }
}
