package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RangeDescriptor;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.Ipa;

/** KVM from v13 on, which speaks RMI 2.0: calls over ranges, and stateful operations (reference sections 11.2 to 11.6). */
final class RmiSeries implements KvmSeries {
    private static final long RMI_2_0 = 0x20000;
    private static final int AUXILIARY_GRANULES = 16;
    private static final int SINGLE = 1;
    /** Read and write, and normal memory under FWB: what KVM maps shared pages with. */
    private static final long SHARED_PAGE = 3L << 19 | 6L << 16;

    private static final long MEASURE_CONTENT = 1;
    private static final long[] NONE = {};

    private final Kernel kernel;

    RmiSeries(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void bootRmm() throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand.RMI_VERSION, null, RMI_2_0);
        kernel.rmi.demand(RmiCommand.RMI_RMM_CONFIG_SET, null, kernel.scratch);
        kernel.rmi.demand(RmiCommand.RMI_RMM_ACTIVATE, null);
    }

    @Override
    public void delegate(long granule) throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand.RMI_GRANULE_RANGE_DELEGATE, null, granule, granule + Granule.SIZE_BYTES);
    }

    @Override
    public boolean undelegate(long granule) {
        long x0 = kernel.rmi.call(RmiCommand.RMI_GRANULE_RANGE_UNDELEGATE, granule, granule + Granule.SIZE_BYTES);
        return x0 == RmiStatus.SUCCESS;
    }

    /** The RMM chooses for itself. */
    @Override
    public int takeVmid() {
        return 0;
    }

    @Override
    public void releaseVmid(int vmid) {
        // The RMM's own.
    }

    /** The RMM asks for them while it creates a REC; that many it has always wanted. */
    @Override
    public int auxiliaryGranules(long rd) {
        return AUXILIARY_GRANULES;
    }

    @Override
    public HostedRec createRec(long rd, long params, int auxiliary) throws OutOfGranulesException, RmiRefusedException {
        long rec = kernel.allocateDelegated();
        long x0 = new StatefulOperation(kernel, kernel.scratch, 0).run(RmiCommand.RMI_REC_CREATE, rd, rec, params);
        if (x0 != RmiStatus.SUCCESS) {
            RmiRefusedException refused = kernel.rmi.refused(RmiCommand.RMI_REC_CREATE, null);
            kernel.reclaim(rec);
            throw refused;
        }
        return new HostedRec(rec, NONE);
    }

    @Override
    public void destroyRec(HostedRec rec) throws OutOfGranulesException, RmiRefusedException {
        long x0 = new StatefulOperation(kernel, kernel.scratch, AUXILIARY_GRANULES)
                .run(RmiCommand.RMI_REC_DESTROY, rec.address());
        if (x0 == RmiStatus.SUCCESS) {
            kernel.reclaim(rec.address());
        } else {
            kernel.memory.leak(1);
        }
    }

    @Override
    public long populate(long rd, long data, long ipa, boolean measured) {
        return kernel.rmi.call(
                RmiCommand.RMI_RTT_DATA_MAP_INIT, rd, data, ipa, kernel.source, measured ? MEASURE_CONTENT : 0);
    }

    @Override
    public long mapData(long rd, long ipa, long data) {
        return kernel.rmi.call(
                RmiCommand.RMI_RTT_DATA_MAP, rd, ipa, ipa + Granule.SIZE_BYTES, SINGLE, descriptor(data));
    }

    @Override
    public long mapShared(long rd, long ipa, long page) {
        return kernel.rmi.call(
                RmiCommand.RMI_RTT_UNPROT_MAP,
                rd,
                ipa,
                ipa + Granule.SIZE_BYTES,
                SINGLE | SHARED_PAGE,
                descriptor(page));
    }

    private static long descriptor(long granule) {
        return RangeDescriptor.of(granule, TableGeometry.LEAF_LEVEL, 1);
    }

    @Override
    public Unmapped unmapData(long rd, long ipa, long top) throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand.RMI_RTT_DATA_UNMAP, new Ipa(ipa), rd, ipa, top, SINGLE, 0);
        long next = kernel.rmi.output(1);
        long freed = kernel.rmi.output(2);
        kernel.reclaim(RangeDescriptor.address(freed), RangeDescriptor.granules(freed));
        return new Unmapped(next, RangeDescriptor.granules(freed));
    }

    @Override
    public long unmapShared(long rd, long ipa, long top) throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand.RMI_RTT_UNPROT_UNMAP, new Ipa(ipa), rd, ipa, top, 0, 0);
        return kernel.rmi.output(1);
    }

    @Override
    public void terminate(long rd) {
        kernel.rmi.call(RmiCommand.RMI_REALM_TERMINATE, rd);
    }
}
