package io.realmwright.machine.rmm;

/**
 * One entry of a stage-2 table as a 64-bit word: the kind in bits 1:0, RIPAS in bits 3:2, the unprotected half in bit
 * 4, S2AP and MemAttr of an NS mapping in bits 11:5, the address in bits 51:12. All zero is unassigned, EMPTY.
 */
final class Rtte {
    static final int UNASSIGNED = 0;
    static final int ASSIGNED = 1;
    static final int TABLE = 2;

    static final int EMPTY = 0;
    static final int RAM = 1;
    static final int DESTROYED = 2;

    static final long UNASSIGNED_EMPTY = 0;
    static final long UNASSIGNED_RAM = RAM << 2;
    static final long UNASSIGNED_DESTROYED = DESTROYED << 2;
    static final long UNASSIGNED_NS = 1 << 4;

    private static final long KIND = 3;
    private static final int RIPAS_SHIFT = 2;
    private static final long RIPAS = 3 << RIPAS_SHIFT;
    private static final long NS = 1 << 4;
    private static final int ATTRIBUTES_SHIFT = 5;
    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;

    private Rtte() {}

    static int kind(long entry) {
        return (int) (entry & KIND);
    }

    static boolean isTable(long entry) {
        return kind(entry) == TABLE;
    }

    static boolean isAssigned(long entry) {
        return kind(entry) == ASSIGNED;
    }

    static boolean isUnassigned(long entry) {
        return kind(entry) == UNASSIGNED;
    }

    /** In the unprotected half, and no table. */
    static boolean isNs(long entry) {
        return (entry & NS) != 0;
    }

    /** Assigned and in the protected half: it holds a reference on its table. */
    static boolean isProtectedData(long entry) {
        return (entry & (KIND | NS)) == ASSIGNED;
    }

    /** Has an address: a table, data or an NS mapping. Walks that skip stop at such an entry. */
    static boolean isLive(long entry) {
        return kind(entry) != UNASSIGNED;
    }

    /** EMPTY for a table and in the unprotected half. */
    static int ripas(long entry) {
        return (int) ((entry & RIPAS) >> RIPAS_SHIFT);
    }

    static long address(long entry) {
        return entry & ADDRESS;
    }

    static long table(long address) {
        return address | TABLE;
    }

    static long data(long address, int ripas) {
        return address | ((long) ripas << RIPAS_SHIFT) | ASSIGNED;
    }

    static long unassigned(int ripas) {
        return (long) ripas << RIPAS_SHIFT;
    }

    /**
     * An NS mapping.
     *
     * @param attributes MemAttr in bits 2:0 and S2AP in bits 6:3, as in the flags of RMI_RTT_UNPROT_MAP
     */
    static long ns(long address, int attributes) {
        return address | ((long) attributes << ATTRIBUTES_SHIFT) | NS | ASSIGNED;
    }

    static int nsAttributes(long entry) {
        return (int) (entry >> ATTRIBUTES_SHIFT) & 0x7f;
    }

    static long withRipas(long entry, int ripas) {
        return (entry & ~RIPAS) | ((long) ripas << RIPAS_SHIFT);
    }

    /** The same entry for memory {@code bytes} further on, as in the tables that a block unfolds into. */
    static long advanced(long entry, long bytes) {
        return isAssigned(entry) ? entry + bytes : entry;
    }
}
