package io.realmwright.machine.spec;

/** The unit of memory that the RMM accounts for. */
public final class Granule {
    public static final int SHIFT = 12;
    public static final int SIZE_BYTES = 1 << SHIFT;

    private Granule() {}

    public static boolean isAligned(long address) {
        return (address & (SIZE_BYTES - 1)) == 0;
    }

    public static long alignUp(long sizeBytes) {
        return (sizeBytes + SIZE_BYTES - 1) & -SIZE_BYTES;
    }
}
