package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RealmView;
import io.realmwright.machine.rmm.RmiFunction;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.rmm.RmmConfig;
import io.realmwright.machine.spec.Granule;
import java.util.Objects;

/** What the host kernel does for every realm: pages that change sides, and operations that exchange memory. */
final class Kernel {
    /** A host gives a busy RMM a few tries. */
    private static final int BUSY_TRIES = 8;

    final Rmi rmi;
    final HostMemory memory;
    final HostPages pages;
    final GuestThreads guests;
    /** What depends on the RMM's generation. */
    final KvmSeries series;
    /** A page for parameters and lists; one is enough for a kernel with one thread. */
    final long scratch;
    /** The page from which images are copied. */
    final long source;

    private final Rmm rmm;

    private Kernel(Rmm rmm, RmmConfig hardware, GuestThreads guests) throws OutOfGranulesException {
        this.rmm = rmm;
        this.rmi = new Rmi(rmm);
        this.memory = new HostMemory(hardware.dramBase(), hardware.dramGranules());
        this.pages = new HostPages(rmm.memory(), rmi);
        this.guests = guests;
        this.scratch = memory.allocate();
        this.source = memory.allocate();
        this.series = switch (hardware.revision()) {
            case RMI_1_0 -> new RmeSeries(this, hardware.vmids());
            case RMI_2_0 -> new RmiSeries(this);
        };
    }

    /** Brings the RMM of a fresh machine up (reference section 11.2). */
    static Kernel boot(Rmm rmm, RmmConfig hardware, GuestThreads guests) {
        try {
            var kernel = new Kernel(rmm, hardware, guests);
            kernel.series.bootRmm();
            return kernel;
        } catch (OutOfGranulesException | RmiRefusedException e) {
            throw new IllegalStateException("a fresh machine does not boot", e);
        }
    }

    /** From now on everything is done for the realm that has this log. */
    void actFor(RealmLog log) {
        rmi.logTo(log);
        guests.traceTo(log.trace());
    }

    MemoryMap memoryOf(HostedRealm realm) {
        return new MemoryMap(rmm, realm.rd(), realm.spec().protectedTop());
    }

    RealmView view(HostedRealm realm) {
        return Objects.requireNonNull(rmm.realm(realm.rd()));
    }

    /** A fresh page on the realm's side. */
    long allocateDelegated() throws OutOfGranulesException, RmiRefusedException {
        return allocateDelegated(1);
    }

    /** Neighbours on the realm's side, aligned to the size of all; all or none. */
    long allocateDelegated(int granules) throws OutOfGranulesException, RmiRefusedException {
        long first = memory.allocateAligned(granules);
        for (int i = 0; i < granules; i++) {
            try {
                series.delegate(first + ((long) i << Granule.SHIFT));
            } catch (RmiRefusedException e) {
                reclaim(first, i);
                for (int rest = i; rest < granules; rest++) {
                    memory.release(first + ((long) rest << Granule.SHIFT));
                }
                throw e;
            }
        }
        return first;
    }

    /** Takes neighbouring DELEGATED pages back. */
    void reclaim(long first, long granules) {
        for (long i = 0; i < granules; i++) {
            reclaim(first + (i << Granule.SHIFT));
        }
    }

    /** Takes a DELEGATED page back. One that the RMM does not give is leaked: used by nobody ever again. */
    void reclaim(long granule) {
        if (series.undelegate(granule)) {
            memory.release(granule);
        } else {
            memory.leak(1);
        }
    }

    /** Makes a call until the RMM is no longer busy. */
    long callUntilServed(RmiFunction command, long... arguments) {
        long x0 = rmi.call(command, arguments);
        for (int tries = 1; tries < BUSY_TRIES && isBusy(x0); tries++) {
            x0 = rmi.call(command, arguments);
        }
        return x0;
    }

    private static boolean isBusy(long x0) {
        int status = RmiStatus.statusOf(x0);
        return status == RmiStatus.BUSY || status == RmiStatus.BLOCKED;
    }
}
