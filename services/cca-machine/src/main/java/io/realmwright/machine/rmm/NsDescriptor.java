package io.realmwright.machine.rmm;

/**
 * What RMI 1.0 calls a descriptor: a mapping in the unprotected half as the bits of the hardware's table entry, address
 * with MemAttr in bits 4:2, read in bit 6 and write in bit 7. In a realm with LPA2, address bits 51:50 are in bits 9:8.
 */
final class NsDescriptor {
    private static final int MEM_ATTR_SHIFT = 2;
    private static final long MEM_ATTR = 7L << MEM_ATTR_SHIFT;
    private static final long READ = 1 << 6;
    private static final long WRITE = 1 << 7;
    private static final long ATTRIBUTES = MEM_ATTR | READ | WRITE;

    private static final long ADDRESS_47_12 = 0x0000_ffff_ffff_f000L;
    private static final long ADDRESS_49_12 = 0x0003_ffff_ffff_f000L;
    private static final long ADDRESS_51_50 = 3L << 50;
    private static final int LPA2_SHIFT = 50 - 8;
    private static final long LPA2_ADDRESS = ADDRESS_51_50 >> LPA2_SHIFT;

    private NsDescriptor() {}

    /** Whether a host may write this descriptor into an entry at {@code level}. */
    static boolean isValid(Realm realm, long descriptor, int level) {
        long allowed = ATTRIBUTES | (realm.lpa2 ? ADDRESS_49_12 | LPA2_ADDRESS : ADDRESS_47_12);
        return (descriptor & ~allowed) == 0
                && Rtt.isAligned(address(realm, descriptor), level)
                && !NsMapping.hasReservedMemAttr(attributes(descriptor));
    }

    /** The table entry of a valid descriptor. */
    static long entry(Realm realm, long descriptor) {
        return Rtte.ns(address(realm, descriptor), attributes(descriptor));
    }

    private static long address(Realm realm, long descriptor) {
        return realm.lpa2
                ? (descriptor & ADDRESS_49_12) | (descriptor & LPA2_ADDRESS) << LPA2_SHIFT
                : descriptor & ADDRESS_47_12;
    }

    /** As the flags of RMI_RTT_UNPROT_MAP have them: there write comes before read. */
    private static int attributes(long descriptor) {
        long memAttr = (descriptor & MEM_ATTR) >> MEM_ATTR_SHIFT;
        return (int) memAttr | ((descriptor & WRITE) != 0 ? 1 << 3 : 0) | ((descriptor & READ) != 0 ? 1 << 4 : 0);
    }

    /** What RMI_RTT_READ_ENTRY shows of an NS mapping. */
    static long of(Realm realm, long entry) {
        long plain = NsMapping.descriptor(entry);
        return realm.lpa2 ? (plain & ~ADDRESS_51_50) | (plain & ADDRESS_51_50) >> LPA2_SHIFT : plain;
    }
}
