package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiCommand1_0;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.spec.Ipa;
import java.util.Arrays;
import java.util.BitSet;

/**
 * KVM up to v10, which speaks RMI 1.0: page by page, in calls that are over when they return. The host chooses VMIDs and
 * keeps the auxiliary granules of its vCPUs (reference sections 11.1 and 15).
 */
final class RmeSeries implements KvmSeries {
    private static final long RMI_1_0 = 0x10000;
    private static final long MEASURE_CONTENT = 1;
    private static final int REC_AUXILIARY = 0x800;
    /** Read and write, and normal memory under FWB: what KVM maps shared pages with. */
    private static final long SHARED_PAGE = 3L << 6 | 6L << 2;

    private final Kernel kernel;
    private final int vmids;
    private final BitSet vmidsTaken = new BitSet();

    RmeSeries(Kernel kernel, int vmids) {
        this.kernel = kernel;
        this.vmids = vmids;
    }

    @Override
    public void bootRmm() throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand1_0.RMI_VERSION, null, RMI_1_0);
    }

    @Override
    public void delegate(long granule) throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand1_0.RMI_GRANULE_DELEGATE, null, granule);
    }

    @Override
    public boolean undelegate(long granule) {
        return kernel.rmi.call(RmiCommand1_0.RMI_GRANULE_UNDELEGATE, granule) == RmiStatus.SUCCESS;
    }

    @Override
    public int takeVmid() throws OutOfVmidsException {
        int vmid = vmidsTaken.nextClearBit(0);
        if (vmid >= vmids) {
            throw new OutOfVmidsException();
        }
        vmidsTaken.set(vmid);
        return vmid;
    }

    @Override
    public void releaseVmid(int vmid) {
        vmidsTaken.clear(vmid);
    }

    @Override
    public int auxiliaryGranules(long rd) throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand1_0.RMI_REC_AUX_COUNT, null, rd);
        return (int) kernel.rmi.output(1);
    }

    @Override
    public HostedRec createRec(long rd, long params, int auxiliaryCount)
            throws OutOfGranulesException, RmiRefusedException {
        long[] granules = new long[1 + auxiliaryCount];
        int allocated = 0;
        try {
            while (allocated < granules.length) {
                granules[allocated] = kernel.allocateDelegated();
                allocated++;
            }
            long[] auxiliary = Arrays.copyOfRange(granules, 1, granules.length);
            kernel.pages.write(params, REC_AUXILIARY, auxiliaryCount);
            kernel.pages.write(params, REC_AUXILIARY + Long.BYTES, auxiliary);
            kernel.rmi.demand(RmiCommand1_0.RMI_REC_CREATE, null, rd, granules[0], params);
            return new HostedRec(granules[0], auxiliary);
        } catch (OutOfGranulesException | RmiRefusedException e) {
            for (int i = 0; i < allocated; i++) {
                kernel.reclaim(granules[i]);
            }
            throw e;
        }
    }

    @Override
    public void destroyRec(HostedRec rec) {
        if (kernel.rmi.call(RmiCommand1_0.RMI_REC_DESTROY, rec.address()) != RmiStatus.SUCCESS) {
            kernel.memory.leak(1L + rec.auxiliary().length);
            return;
        }
        kernel.reclaim(rec.address());
        for (long granule : rec.auxiliary()) {
            kernel.reclaim(granule);
        }
    }

    @Override
    public long populate(long rd, long data, long ipa, boolean measured) {
        return kernel.rmi.call(
                RmiCommand1_0.RMI_DATA_CREATE, rd, data, ipa, kernel.source, measured ? MEASURE_CONTENT : 0);
    }

    @Override
    public long mapData(long rd, long ipa, long data) {
        return kernel.rmi.call(RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, rd, data, ipa);
    }

    @Override
    public long mapShared(long rd, long ipa, long page) {
        return kernel.rmi.call(
                RmiCommand1_0.RMI_RTT_MAP_UNPROTECTED, rd, ipa, TableGeometry.LEAF_LEVEL, page | SHARED_PAGE);
    }

    /** One page, or none where the walk stops short: the RMM says where there is something again. */
    @Override
    public Unmapped unmapData(long rd, long ipa, long top) throws RmiRefusedException {
        long x0 = kernel.rmi.call(RmiCommand1_0.RMI_DATA_DESTROY, rd, ipa);
        long next = nextLive(x0, ipa, 2);
        if (x0 != RmiStatus.SUCCESS) {
            return new Unmapped(next, 0);
        }
        kernel.reclaim(kernel.rmi.output(1));
        return new Unmapped(next, 1);
    }

    @Override
    public long unmapShared(long rd, long ipa, long top) throws RmiRefusedException {
        long x0 = kernel.rmi.call(RmiCommand1_0.RMI_RTT_UNMAP_UNPROTECTED, rd, ipa, TableGeometry.LEAF_LEVEL);
        return nextLive(x0, ipa, 1);
    }

    /** This host maps no blocks: there is nothing that a walk could stop at without getting any further. */
    private long nextLive(long x0, long ipa, int output) throws RmiRefusedException {
        boolean walked = x0 == RmiStatus.SUCCESS || RmiStatus.statusOf(x0) == RmiStatus.ERROR_RTT;
        if (!walked || kernel.rmi.output(output) <= ipa) {
            throw kernel.rmi.refused(new Ipa(ipa));
        }
        return kernel.rmi.output(output);
    }

    @Override
    public void terminate(long rd) {
        // RMI 1.0 has no such state: RMI_REALM_DESTROY works in every one.
    }
}
