package io.realmwright.machine.bench;

import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmmConfig;

/** A raw host on an active RMM 2.0. */
final class RawHost2_0 extends RawHost {
    /** Type of an output address: one range descriptor. */
    private static final long SINGLE = 1;

    private static final long READ_WRITE = 3L << 19;

    RawHost2_0() {
        super(RmmConfig.modelled(DRAM_BASE, DRAM_GRANULES));
        demand(RmiCommand.RMI_RMM_ACTIVATE.fid(), 0, 0, 0, 0, 0);
    }

    @Override
    void delegate(long first, int count) {
        for (int i = 0; i < count; i++) {
            long granule = first + i * PAGE;
            demand(RmiCommand.RMI_GRANULE_RANGE_DELEGATE.fid(), granule, granule + PAGE, 0, 0, 0);
        }
    }

    @Override
    void undelegate(long first, int count) {
        for (int i = 0; i < count; i++) {
            long granule = first + i * PAGE;
            demand(RmiCommand.RMI_GRANULE_RANGE_UNDELEGATE.fid(), granule, granule + PAGE, 0, 0, 0);
        }
    }

    @Override
    void destroyRealm(long rd) {
        demand(RmiCommand.RMI_REALM_TERMINATE.fid(), rd, 0, 0, 0, 0);
        demand(RmiCommand.RMI_REALM_DESTROY.fid(), rd, 0, 0, 0, 0);
    }

    @Override
    void unmap(long rd, long base, int pages) {
        for (int i = 0; i < pages; i++) {
            unmapTogether(rd, base + i * PAGE, 1);
        }
    }

    void mapTogether(long rd, long base, long data, int pages) {
        long top = base + pages * PAGE;
        demand(RmiCommand.RMI_RTT_DATA_MAP.fid(), rd, base, top, SINGLE, range(data, pages));
    }

    void unmapTogether(long rd, long base, int pages) {
        demand(RmiCommand.RMI_RTT_DATA_UNMAP.fid(), rd, base, base + pages * PAGE, SINGLE, 0);
    }

    void mapUnprotected(long rd, long ipa, long page) {
        demand(RmiCommand.RMI_RTT_UNPROT_MAP.fid(), rd, ipa, ipa + PAGE, SINGLE | READ_WRITE, range(page, 1));
    }

    void unmapUnprotected(long rd, long ipa) {
        demand(RmiCommand.RMI_RTT_UNPROT_UNMAP.fid(), rd, ipa, ipa + PAGE, 0, 0);
    }

    private static long range(long address, int pages) {
        return address | (long) pages << 2;
    }
}
