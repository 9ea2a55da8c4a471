package io.realmwright.machine.host;

import io.realmwright.machine.spec.Granule;
import java.util.ArrayList;
import java.util.List;

/** The contents of one realm, from the host's side: populated, faulted in, shared and taken back. */
final class RealmMemory {
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
        mapGranule(ipa, data -> kernel.series.populate(rd, data, ipa, measured));
    }

    /** Answers a stage-2 fault in the protected half with a zeroed granule. */
    void mapProtected(long ipa) throws OutOfGranulesException, RmiRefusedException {
        mapGranule(ipa, data -> kernel.series.mapData(rd, ipa, data));
    }

    /** Maps one granule with a call that takes its address. */
    @FunctionalInterface
    private interface MapCall {
        long map(long data);
    }

    private void mapGranule(long ipa, MapCall call) throws OutOfGranulesException, RmiRefusedException {
        long data = kernel.allocateDelegated();
        try {
            tables.demandAtLevel(ipa, TableGeometry.LEAF_LEVEL, at -> call.map(data));
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
            tables.demandAtLevel(ipa, TableGeometry.LEAF_LEVEL, at -> kernel.series.mapShared(rd, at, page));
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
            KvmSeries.Unmapped unmapped = kernel.series.unmapData(rd, ipa, top);
            ipa = unmapped.next();
            dataGranules -= unmapped.granules();
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
            ipa = kernel.series.unmapShared(rd, ipa, top);
        }
    }
}
