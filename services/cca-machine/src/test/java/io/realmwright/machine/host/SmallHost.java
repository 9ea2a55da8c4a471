package io.realmwright.machine.host;

import io.realmwright.machine.rmm.GranuleState;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.rmm.RmmConfig;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.trace.TraceSink;

/** A host with a few pages of memory, which no {@link HostConfig} allows: it runs out of granules soon. */
final class SmallHost {
    private final HostProfile profile;
    private final RmmConfig hardware;
    private final Rmm rmm;
    private final Kernel kernel;

    /** A host of which that many granules are free once it has booted. */
    SmallHost(HostProfile profile, long freeGranules) {
        this.profile = profile;
        this.hardware = SimulatedHost.hardware(profile.revision(), freeGranules + HostedLife.KERNEL_PAGES);
        var guests = new GuestThreads();
        this.rmm = new Rmm(hardware, guests);
        this.kernel = Kernel.boot(rmm, hardware, guests);
    }

    LaunchResult launch(RealmSpec spec, LaunchPlan plan) {
        var log = new RealmLog(new RmiCalls(), TraceRecorder.to(TraceSink.NONE, rmm, hardware));
        kernel.actFor(log);
        return new RealmLaunch(profile, kernel, spec, plan, Realms.STORE).run(LaunchObserver.NONE, log);
    }

    long freeGranules() {
        return kernel.memory.freeGranules();
    }

    long nonSecureGranules() {
        return rmm.countOf(GranuleState.NS);
    }
}
