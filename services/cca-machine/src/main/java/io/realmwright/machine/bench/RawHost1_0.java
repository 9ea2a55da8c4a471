package io.realmwright.machine.bench;

import io.realmwright.machine.rmm.RmiCommand1_0;
import io.realmwright.machine.rmm.RmmConfig;

/** A raw host on an RMM 1.0. */
final class RawHost1_0 extends RawHost {
    /** Read and write, in a descriptor as the hardware has it. */
    private static final long READ_WRITE = 3L << 6;

    RawHost1_0() {
        super(RmmConfig.recorded1_0(DRAM_BASE, DRAM_GRANULES, 0));
    }

    @Override
    void delegate(long first, int count) {
        for (int i = 0; i < count; i++) {
            demand(RmiCommand1_0.RMI_GRANULE_DELEGATE.fid(), first + i * PAGE, 0, 0, 0, 0);
        }
    }

    @Override
    void undelegate(long first, int count) {
        for (int i = 0; i < count; i++) {
            demand(RmiCommand1_0.RMI_GRANULE_UNDELEGATE.fid(), first + i * PAGE, 0, 0, 0, 0);
        }
    }

    @Override
    void destroyRealm(long rd) {
        demand(RmiCommand1_0.RMI_REALM_DESTROY.fid(), rd, 0, 0, 0, 0);
    }

    void map(long rd, long base, long data, int pages) {
        for (int i = 0; i < pages; i++) {
            demand(RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN.fid(), rd, data + i * PAGE, base + i * PAGE, 0, 0);
        }
    }

    @Override
    void unmap(long rd, long base, int pages) {
        for (int i = 0; i < pages; i++) {
            demand(RmiCommand1_0.RMI_DATA_DESTROY.fid(), rd, base + i * PAGE, 0, 0, 0);
        }
    }

    void mapUnprotected(long rd, long ipa, long page) {
        demand(RmiCommand1_0.RMI_RTT_MAP_UNPROTECTED.fid(), rd, ipa, 3, page | READ_WRITE, 0);
    }

    void unmapUnprotected(long rd, long ipa) {
        demand(RmiCommand1_0.RMI_RTT_UNMAP_UNPROTECTED.fid(), rd, ipa, 3, 0, 0);
    }
}
