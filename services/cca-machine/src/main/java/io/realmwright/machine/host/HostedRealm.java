package io.realmwright.machine.host;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.rmm.Mpidr;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.vcpu.GuestThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A realm as the host kernel has it, from RMI_REALM_CREATE until its last granule is back (reference section 11.3). */
final class HostedRealm {
    private final Kernel kernel;
    private final RealmSpec spec;
    private final int vmid;
    private final long rd;
    private final long roots;
    private final int rootCount;
    private final RealmTables tables;
    private final RealmMemory memory;
    private final List<Vcpu> vcpus = new ArrayList<>();

    private HostedRealm(Kernel kernel, RealmSpec spec, int vmid, long rd, long roots) {
        this.kernel = kernel;
        this.spec = spec;
        this.vmid = vmid;
        this.rd = rd;
        this.roots = roots;
        this.rootCount = TableGeometry.rootTables(spec.ipaBits());
        this.tables = new RealmTables(kernel, rd, TableGeometry.startLevel(spec.ipaBits()));
        this.memory = new RealmMemory(kernel, tables, rd);
    }

    static HostedRealm create(Kernel kernel, RealmSpec spec, RealmConfig config)
            throws OutOfVmidsException, OutOfGranulesException, RmiRefusedException {
        int vmid = kernel.series.takeVmid();
        try {
            return create(kernel, spec, config, vmid);
        } catch (OutOfGranulesException | RmiRefusedException e) {
            kernel.series.releaseVmid(vmid);
            throw e;
        }
    }

    private static HostedRealm create(Kernel kernel, RealmSpec spec, RealmConfig config, int vmid)
            throws OutOfGranulesException, RmiRefusedException {
        int rootCount = TableGeometry.rootTables(spec.ipaBits());
        long roots = kernel.allocateDelegated(rootCount);
        long rd;
        try {
            rd = kernel.allocateDelegated();
        } catch (OutOfGranulesException | RmiRefusedException e) {
            kernel.reclaim(roots, rootCount);
            throw e;
        }
        long params = new RealmParamsPage(kernel.pages, kernel.scratch)
                .writeRealm(spec.ipaBits(), config, vmid, roots, TableGeometry.startLevel(spec.ipaBits()), rootCount);
        if (kernel.rmi.call(RmiCommand.RMI_REALM_CREATE, rd, params) != RmiStatus.SUCCESS) {
            RmiRefusedException refused = kernel.rmi.refused(null);
            kernel.reclaim(rd);
            kernel.reclaim(roots, rootCount);
            throw refused;
        }
        return new HostedRealm(kernel, spec, vmid, rd, roots);
    }

    /** Images in the order of the spec: the RIM depends on it. */
    void populate(ImageStore images, MeasuredContents measuredContents)
            throws OutOfGranulesException, RmiRefusedException {
        for (ImagePlacement image : spec.images()) {
            byte[] contents = images.find(image.sha256()).orElseThrow();
            boolean measured = measuredContents.measures(image);
            memory.populate(contents, image.ipa().value(), measured);
        }
    }

    /** One REC for each vCPU; only the first is runnable, and enters at the first image. */
    void createRecs(GuestProgram program) throws OutOfGranulesException, RmiRefusedException {
        long entry =
                spec.images().isEmpty() ? 0 : spec.images().getFirst().ipa().value();
        int auxiliary = kernel.series.auxiliaryGranules(rd);
        for (int index = 0; index < spec.vcpus(); index++) {
            // REC, run page and auxiliary granules: a REC is not begun that cannot be finished.
            if (kernel.memory.freeGranules() < 2L + auxiliary) {
                throw new OutOfGranulesException();
            }
            long runPage = kernel.memory.allocate();
            kernel.pages.zero(runPage);
            try {
                KvmSeries.HostedRec rec = createRec(index, entry, auxiliary);
                var thread = new GuestThread(index == 0 ? program.steps() : secondary(program), spec.vcpus());
                vcpus.add(new Vcpu(index, rec, runPage, thread));
                kernel.guests.add(rec.address(), thread);
            } catch (OutOfGranulesException | RmiRefusedException e) {
                kernel.memory.release(runPage);
                throw e;
            }
        }
    }

    private KvmSeries.HostedRec createRec(int index, long entry, int auxiliary)
            throws OutOfGranulesException, RmiRefusedException {
        // The scratch page is for what the operation itself hands over.
        long params = new RealmParamsPage(kernel.pages, kernel.source)
                .writeRec(index == 0, Mpidr.ofIndex(index), index == 0 ? entry : 0);
        return kernel.series.createRec(rd, params, auxiliary);
    }

    /** What every other vCPU does: it enters where the first one sent it, and waits. */
    private static List<GuestStep> secondary(GuestProgram program) {
        return program.steps().stream()
                .filter(GuestStep.StartSecondaries.class::isInstance)
                .map(GuestStep.StartSecondaries.class::cast)
                .findFirst()
                .map(start ->
                        List.<GuestStep>of(new GuestStep.Touch(Access.FETCH, start.entry()), new GuestStep.Halt()))
                .orElse(List.of(new GuestStep.Halt()));
    }

    /** RMI_RTT_INIT_RIPAS over a range. */
    void initRipas(IpaRange range) throws OutOfGranulesException, RmiRefusedException {
        tables.initRipas(range.start(), range.top());
    }

    void activate() throws RmiRefusedException {
        kernel.rmi.demand(RmiCommand.RMI_REALM_ACTIVATE, null, rd);
    }

    /** Gives everything back, as far as the RMM lets it; the rest is leaked (reference section 11.6). */
    void tearDown() {
        for (Vcpu vcpu : vcpus) {
            destroy(vcpu);
        }
        memory.unmapAll(spec.protectedTop(), 2 * spec.protectedTop());
        kernel.series.terminate(rd);
        tables.destroyAll(2 * spec.protectedTop());
        if (kernel.rmi.call(RmiCommand.RMI_REALM_DESTROY, rd) == RmiStatus.SUCCESS) {
            kernel.reclaim(rd);
            kernel.series.releaseVmid(vmid);
            kernel.reclaim(roots, rootCount);
        } else {
            kernel.memory.leak(1L + rootCount);
        }
    }

    private void destroy(Vcpu vcpu) {
        kernel.guests.remove(vcpu.rec.address());
        kernel.memory.release(vcpu.runPage);
        try {
            kernel.series.destroyRec(vcpu.rec);
        } catch (OutOfGranulesException | RmiRefusedException e) {
            // Already counted as leaked by the operation that could not be ended.
            kernel.rmi.log().trace().note("vCPU " + vcpu.index + " leaked: " + e.getMessage());
        }
    }

    long rd() {
        return rd;
    }

    RealmSpec spec() {
        return spec;
    }

    RealmTables tables() {
        return tables;
    }

    RealmMemory memory() {
        return memory;
    }

    List<Vcpu> vcpus() {
        return vcpus;
    }

    /** The guest_memfd slots from the lowest IPA up. */
    List<IpaRange> guestMemfdRanges() {
        return spec.guestMemfdSlots().stream()
                .map(Memslot::range)
                .sorted(Comparator.comparing(IpaRange::base))
                .toList();
    }
}
