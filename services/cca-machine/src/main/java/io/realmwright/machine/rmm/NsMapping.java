package io.realmwright.machine.rmm;

/** The attributes of a mapping in the unprotected half, as flags of the host and as a descriptor of the hardware. */
final class NsMapping {
    private static final int MEM_ATTR_RESERVED = 4;

    private NsMapping() {}

    /** MemAttr (bits 2:0) and S2AP (bits 6:3) from the flags of RMI_RTT_UNPROT_MAP. */
    static int attributes(long flags) {
        return (int) (flags >> 16) & 0x7f;
    }

    /** Whether S2AP, directly encoded, has no other bit than write (0) and read (1). */
    static boolean isDirectS2ap(int attributes) {
        return attributes >> 3 <= 3;
    }

    static boolean hasReservedMemAttr(int attributes) {
        return (attributes & 7) == MEM_ATTR_RESERVED;
    }

    static boolean isReadable(long entry) {
        return (Rtte.nsAttributes(entry) & 0x10) != 0;
    }

    static boolean isWritable(long entry) {
        return (Rtte.nsAttributes(entry) & 0x8) != 0;
    }

    /** What RMI_RTT_READ_ENTRY shows: the address, MemAttr in bits 4:2, read in bit 6 and write in bit 7. */
    static long descriptor(long entry) {
        return Rtte.address(entry)
                | (Rtte.nsAttributes(entry) & 7L) << 2
                | (isReadable(entry) ? 1 << 6 : 0)
                | (isWritable(entry) ? 1 << 7 : 0);
    }
}
