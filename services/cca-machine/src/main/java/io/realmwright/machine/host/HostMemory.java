package io.realmwright.machine.host;

import io.realmwright.machine.spec.Granule;
import java.util.Arrays;

/** The host kernel's page allocator: hands out granules of DRAM, those that came back before any untouched one. */
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
        return end - untouched >= sizeBytes ? takeUntouched(sizeBytes) : takeFreed(granules);
    }

    /** Neighbours among granules that came back, once there are no others. */
    private long takeFreed(int granules) throws OutOfGranulesException {
        long sizeBytes = (long) granules << Granule.SHIFT;
        Arrays.sort(free, 0, freeCount);
        for (int i = 0; i + granules <= freeCount; i++) {
            long first = free[i];
            if (first % sizeBytes == 0 && free[i + granules - 1] == first + sizeBytes - Granule.SIZE_BYTES) {
                System.arraycopy(free, i + granules, free, i, freeCount - granules - i);
                freeCount -= granules;
                return first;
            }
        }
        throw new OutOfGranulesException();
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
