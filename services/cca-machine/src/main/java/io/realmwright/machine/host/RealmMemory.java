package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RangeDescriptor;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.Ipa;
import java.util.ArrayList;
import java.util.List;

/** The contents of one realm, from the host's side: populated, faulted in, shared and taken back. */
final class RealmMemory {
    private static final int SINGLE = 1;
    /** Read and write, normal memory: what KVM maps shared pages with. */
    private static final long SHARED_PAGE = 3L << 19;

    private static final long MEASURE_CONTENT = 1;

    private final Kernel kernel;
    private final RealmTables tables;
    private final long rd;
    private final List<Long> sharedPages = new ArrayList<>();
    private long dataGranules;

    RealmMemory(Kernel kernel, RealmTables tables, long rd) {
        this.kernel = kernel;
        this.tables = tables;
        this.rd = rd;
    }

    /** Copies an image in, granule by granule in ascending order; the RIM depends on the order. */
    void populate(byte[] image, long ipa, boolean measured) throws OutOfGranulesException, RmiRefusedException {
        for (int offset = 0; offset < image.length; offset += Granule.SIZE_BYTES) {
            kernel.pages.writeGranule(kernel.source, image, offset);
            populateGranule(ipa + offset, measured);
        }
    }

    private void populateGranule(long ipa, boolean measured) throws OutOfGranulesException, RmiRefusedException {
        mapGranule(
                RmiCommand.RMI_RTT_DATA_MAP_INIT,
                ipa,
                data -> kernel.rmi.call(
                        RmiCommand.RMI_RTT_DATA_MAP_INIT,
                        rd,
                        data,
                        ipa,
                        kernel.source,
                        measured ? MEASURE_CONTENT : 0));
    }

    /** Answers a stage-2 fault in the protected half with a zeroed granule. */
    void mapProtected(long ipa) throws OutOfGranulesException, RmiRefusedException {
        mapGranule(
                RmiCommand.RMI_RTT_DATA_MAP,
                ipa,
                data -> kernel.rmi.call(
                        RmiCommand.RMI_RTT_DATA_MAP,
                        rd,
                        ipa,
                        ipa + Granule.SIZE_BYTES,
                        SINGLE,
                        RangeDescriptor.of(data, TableGeometry.LEAF_LEVEL, 1)));
    }

    /** Maps one granule with a call that takes its address. */
    @FunctionalInterface
    private interface MapCall {
        long map(long data);
    }

    private void mapGranule(RmiCommand command, long ipa, MapCall call)
            throws OutOfGranulesException, RmiRefusedException {
        long data = kernel.allocateDelegated();
        try {
            tables.demandAtLevel(command, ipa, TableGeometry.LEAF_LEVEL, at -> call.map(data));
        } catch (OutOfGranulesException | RmiRefusedException e) {
            kernel.reclaim(data);
            throw e;
        }
        dataGranules++;
    }

    /** Answers a stage-2 fault in the unprotected half with a page of the host. */
    void mapShared(long ipa) throws OutOfGranulesException, RmiRefusedException {
        long page = kernel.memory.allocate();
        kernel.pages.zero(page);
        try {
            tables.demandAtLevel(
                    RmiCommand.RMI_RTT_UNPROT_MAP,
                    ipa,
                    TableGeometry.LEAF_LEVEL,
                    at -> kernel.rmi.call(
                            RmiCommand.RMI_RTT_UNPROT_MAP,
                            rd,
                            at,
                            at + Granule.SIZE_BYTES,
                            SINGLE | SHARED_PAGE,
                            RangeDescriptor.of(page, TableGeometry.LEAF_LEVEL, 1)));
        } catch (OutOfGranulesException | RmiRefusedException e) {
            kernel.memory.release(page);
            throw e;
        }
        sharedPages.add(page);
    }

    /** Takes back the contents of a range that the guest has given up, and of which {@code top} ends an entry. */
    void unmapProtected(long base, long top) throws RmiRefusedException {
        long ipa = base;
        while (ipa < top) {
            if (kernel.rmi.call(RmiCommand.RMI_RTT_DATA_UNMAP, rd, ipa, top, SINGLE, 0) != RmiStatus.SUCCESS) {
                throw kernel.rmi.refused(RmiCommand.RMI_RTT_DATA_UNMAP, new Ipa(ipa));
            }
            ipa = kernel.rmi.output(1);
            long freed = kernel.rmi.output(2);
            for (int i = 0; i < RangeDescriptor.granules(freed); i++) {
                kernel.reclaim(RangeDescriptor.address(freed) + ((long) i << Granule.SHIFT));
                dataGranules--;
            }
        }
    }

    /** Takes everything back before the realm goes; what the RMM keeps is leaked. */
    void unmapAll(long protectedTop, long ipaSize) {
        try {
            if (dataGranules > 0) {
                unmapProtected(0, protectedTop);
            }
            if (!sharedPages.isEmpty()) {
                unmapShared(protectedTop, ipaSize);
            }
        } catch (RmiRefusedException e) {
            kernel.rmi.log().trace().note("contents leaked: " + e.getMessage());
        }
        kernel.memory.leak(dataGranules);
        sharedPages.forEach(kernel.memory::release);
    }

    private void unmapShared(long base, long top) throws RmiRefusedException {
        long ipa = base;
        while (ipa < top) {
            kernel.rmi.demand(RmiCommand.RMI_RTT_UNPROT_UNMAP, new Ipa(ipa), rd, ipa, top, 0, 0);
            ipa = kernel.rmi.output(1);
        }
    }
}
