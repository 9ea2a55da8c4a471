package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/** Version, features, configuration and boot of the RMM (reference sections 4.1 to 4.6). */
final class PlatformCommands {
    private static final long RMI_2_0 = 0x20000;
    private static final long PA_MAX = (1L << 48) - 1;
    private static final long L0GPT_SIZE = 1L << 30;

    private static final long CATEGORY_CONVENTIONAL = 0;
    private static final long CATEGORY_DEVICE_NCOH = 1;
    private static final long TRACKING_NONE = 1;
    private static final long TRACKING_FINE = 2;

    private final RmmState rmm;

    PlatformCommands(RmmState rmm) {
        this.rmm = rmm;
    }

    long version(long requested, long[] out) {
        out[1] = RMI_2_0;
        out[2] = RMI_2_0;
        return requested == RMI_2_0 ? RmiStatus.SUCCESS : RmiStatus.ERROR_INPUT;
    }

    long features(long index, long[] out) {
        out[1] = rmm.config.feature(index);
        return RmiStatus.SUCCESS;
    }

    /** Writes the only configuration there is: 4 KiB granules and tracking regions of 1 GiB, both code 0. */
    long configGet(long page) {
        if (!rmm.isHostPage(page)) {
            return RmiStatus.ERROR_INPUT;
        }
        rmm.memory.writeWord(page, 0);
        rmm.memory.writeWord(page + Long.BYTES, 0);
        return RmiStatus.SUCCESS;
    }

    long configSet(long page) {
        boolean accepted =
                rmm.isHostPage(page) && rmm.memory.readWord(page) == 0 && rmm.memory.readWord(page + Long.BYTES) == 0;
        return accepted ? RmiStatus.SUCCESS : RmiStatus.ERROR_INPUT;
    }

    long activate() {
        rmm.active = true;
        return RmiStatus.SUCCESS;
    }

    long trackingGet(long start, long end, long[] out) {
        if (Long.compareUnsigned(start, PA_MAX) > 0
                || Long.compareUnsigned(end, PA_MAX) > 0
                || end - start < Granule.SIZE_BYTES
                || !Granule.isAligned(start)
                || !Granule.isAligned(end)) {
            return RmiStatus.ERROR_INPUT;
        }
        boolean device = rmm.config.isDevice(start);
        out[1] = device ? CATEGORY_DEVICE_NCOH : CATEGORY_CONVENTIONAL;
        out[2] = device || rmm.granules.isKnown(start) ? TRACKING_FINE : TRACKING_NONE;
        out[3] = end;
        return RmiStatus.SUCCESS;
    }

    /** The tables are there since boot, which a host takes for success. */
    long gptL1Create(long address) {
        return (address & (L0GPT_SIZE - 1)) == 0 ? RmiStatus.ERROR_GPT : RmiStatus.ERROR_INPUT;
    }
}
