package io.realmwright.machine.rmm;

/**
 * The virtual interrupts that a host of RMI 1.0 puts into the run page: {@code gicv3_hcr} and list registers (reference
 * sections 5.3 and 15). They are checked and not delivered; the exit half shows none. The recorded machine has one list
 * register, one priority bit and 16-bit interrupt numbers.
 */
final class VirtualGic {
    private static final int ENTER_HCR = 0x300;
    private static final int ENTER_LR0 = 0x308;

    /** TDIR and the enables of maintenance interrupts; all else in ICH_HCR_EL2 is the RMM's. */
    private static final long HCR_OF_HOST = 1 << 14 | 0xfe;

    private static final long LR_STATE = 3L << 62;
    private static final long LR_HW = 1L << 61;
    private static final long LR_PRIORITY_RES0 = 0x7fL << 48;
    private static final long LR_PINTID_BUT_EOI = 0x1fffL << 32 & ~(1L << 41);
    private static final long LR_VINTID = 0xffff_ffffL;

    private static final long SPI_LAST = 1019;
    private static final long LPI_FIRST = 8192;
    private static final long INTID_LAST = 0xffff;

    private VirtualGic() {}

    static boolean isValid(PhysicalMemory memory, long page) {
        long listRegister = memory.readWord(page + ENTER_LR0);
        return (memory.readWord(page + ENTER_HCR) & ~HCR_OF_HOST) == 0
                && ((listRegister & LR_STATE) == 0 || isDeliverable(listRegister));
    }

    private static boolean isDeliverable(long listRegister) {
        long vintid = listRegister & LR_VINTID;
        return (listRegister & (LR_HW | LR_PRIORITY_RES0 | LR_PINTID_BUT_EOI)) == 0
                && (vintid <= SPI_LAST || (vintid >= LPI_FIRST && vintid <= INTID_LAST));
    }
}
