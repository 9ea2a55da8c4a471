package io.realmwright.machine.rmm;

/** How the RMM numbers vCPUs (reference section 4.12): 16 to a cluster of affinity level 0. */
public final class Mpidr {
    private Mpidr() {}

    static long index(long aff0, long aff1, long aff2, long aff3) {
        return (aff0 & 0xff) | (aff1 & 0xff) << 4 | (aff2 & 0xff) << 12 | (aff3 & 0xff) << 20;
    }

    /** The index that a guest means with an MPIDR in a PSCI call, which has Aff3 in bits 39:32. */
    public static long indexOfGuest(long mpidr) {
        return index(mpidr & 0xf, mpidr >> 8, mpidr >> 16, mpidr >> 32);
    }

    /** The MPIDR, in RmiRecParams and from the guest, of the vCPU with this index, 0 to 4095. */
    public static long ofIndex(int index) {
        return (index & 0xfL) | (index & 0xff0L) << 4;
    }
}
