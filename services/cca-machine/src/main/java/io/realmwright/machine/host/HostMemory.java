package io.realmwright.machine.host;

import io.realmwright.machine.spec.Granule;
import java.util.Arrays;

/** The host kernel's page allocator: hands out granules of DRAM, lowest first, and takes them back. */
final class HostMemory {
    private final long end;
    private long untouched;
    private long[] free = new long[64];
    private int freeCount;
    private long leaked;

    /** All granules from {@code base} on are free. */
    HostMemory(long base, long granules) {
        this.untouched = base;
        this.end = base + (granules << Granule.SHIFT);
    }

    long allocate() throws OutOfGranulesException {
        return freeCount > 0 ? free[--freeCount] : takeUntouched(Granule.SIZE_BYTES);
    }

    /** Neighbours whose first is aligned to the size of all, as root tables have to be. */
    long allocateAligned(int granules) throws OutOfGranulesException {
        if (granules == 1) {
            return allocate();
        }
        long sizeBytes = (long) granules << Granule.SHIFT;
        while (untouched < end && untouched % sizeBytes != 0) {
            release(takeUntouched(Granule.SIZE_BYTES));
        }
        return takeUntouched(sizeBytes);
    }

    private long takeUntouched(long sizeBytes) throws OutOfGranulesException {
        if (end - untouched < sizeBytes) {
            throw new OutOfGranulesException();
        }
        long granule = untouched;
        untouched += sizeBytes;
        return granule;
    }

    void release(long granule) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount++] = granule;
    }

    /** Granules that the RMM does not give back: never handed out again, and never hidden. */
    void leak(long granules) {
        leaked += granules;
    }

    long leaked() {
        return leaked;
    }

    long freeGranules() {
        return freeCount + ((end - untouched) >>> Granule.SHIFT);
    }
}
