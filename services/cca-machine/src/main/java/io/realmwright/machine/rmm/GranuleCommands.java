package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/** Delegation (reference section 4.7). Like the reference, a call moves one granule, and the host loops on X1. */
final class GranuleCommands {
    private final RmmState rmm;

    GranuleCommands(RmmState rmm) {
        this.rmm = rmm;
    }

    long delegate(long start, long end, long[] out) {
        out[1] = start;
        if (!isRange(start, end)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (rmm.granules.is(start, GranuleState.NS)) {
            rmm.granules.become(start, GranuleState.DELEGATED);
        } else if (!changeDevice(start, false)) {
            return RmiStatus.ERROR_INPUT;
        }
        out[1] = start + Granule.SIZE_BYTES;
        return RmiStatus.SUCCESS;
    }

    /** Scrubs: realm contents never reach the host. */
    long undelegate(long start, long end, long[] out) {
        out[1] = start;
        if (!isRange(start, end)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (rmm.granules.is(start, GranuleState.DELEGATED)) {
            rmm.memory.zeroGranule(start);
            rmm.granules.become(start, GranuleState.NS);
        } else if (!changeDevice(start, true)) {
            return RmiStatus.ERROR_INPUT;
        }
        out[1] = start + Granule.SIZE_BYTES;
        return RmiStatus.SUCCESS;
    }

    private static boolean isRange(long start, long end) {
        return Granule.isAligned(start) && Granule.isAligned(end) && Long.compareUnsigned(end, start) > 0 && end != 0;
    }

    private boolean changeDevice(long address, boolean from) {
        if (!rmm.config.isDevice(address)) {
            return false;
        }
        int index = (int) ((address - rmm.config.deviceBase()) >>> Granule.SHIFT);
        if (rmm.delegatedDevices[index] != from) {
            return false;
        }
        rmm.delegatedDevices[index] = !from;
        return true;
    }
}
