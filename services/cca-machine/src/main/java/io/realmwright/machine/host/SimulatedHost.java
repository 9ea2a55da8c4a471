package io.realmwright.machine.host;

import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.rmm.GranuleState;
import io.realmwright.machine.rmm.RmiRevision;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.rmm.RmmConfig;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RealmSpecRules;
import io.realmwright.machine.spec.Violation;
import io.realmwright.machine.trace.TraceSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A simulated host machine: an RMM and the KVM-like kernel that drives it. One thread at a time may use it. */
public final class SimulatedHost {
    /** Arguments of a raw RMI call: X1 to X6. */
    public static final int RMI_ARGUMENTS = 6;

    private static final long DRAM_BASE = 1L << 39;

    private final HostConfig config;
    private final RmmConfig hardware;
    private final Rmm rmm;
    private final Kernel kernel;

    private SimulatedHost(HostConfig config, TokenSigner firmware) {
        this.config = config;
        this.hardware = hardware(config.profile().revision(), config.dramBytes() >>> Granule.SHIFT);
        var guests = new GuestThreads();
        var signer = new TracedSigner(firmware);
        this.rmm = new Rmm(hardware, guests, signer, new SplittableRandom(config.seed()));
        this.kernel = Kernel.boot(rmm, hardware, guests, signer);
    }

    /** What the profile's machine consists of. */
    static RmmConfig hardware(RmiRevision revision, long dramGranules) {
        return switch (revision) {
            case RMI_1_0 -> RmmConfig.modelled1_0(DRAM_BASE, dramGranules);
            case RMI_2_0 -> RmmConfig.modelled(DRAM_BASE, dramGranules);
        };
    }

    /** Boots a machine whose firmware cannot attest; its RMM is active and all DRAM is non-secure. */
    public static SimulatedHost boot(HostConfig config) {
        return boot(config, TokenSigner.NONE);
    }

    /** Boots a machine with firmware that holds the keys of this boot. */
    public static SimulatedHost boot(HostConfig config, TokenSigner firmware) {
        return new SimulatedHost(config, firmware);
    }

    public HostProfile profile() {
        return config.profile();
    }

    /** The RMI feature registers, from index 0. */
    public List<Long> features() {
        return Arrays.stream(hardware.features()).boxed().toList();
    }

    /** Number of granules by state; every state that occurs, {@code NS} included. */
    public SortedMap<String, Long> granulesByState() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (GranuleState state : GranuleState.values()) {
            if (rmm.countOf(state) > 0) {
                counts.put(state.name(), rmm.countOf(state));
            }
        }
        return counts;
    }

    /** The names of all states that a granule can have. */
    public static List<String> granuleStates() {
        return Arrays.stream(GranuleState.values()).map(GranuleState::name).toList();
    }

    /** Granules that the host can still use: neither in use nor leaked. */
    public long freeGranules() {
        return kernel.memory.freeGranules();
    }

    /** VMIDs that no realm has. */
    public int freeVmids() {
        return rmm.freeVmids();
    }

    /** Granules lost to failed undelegations. */
    public long leakedGranules() {
        return kernel.memory.leaked();
    }

    /** Replaces the fault plan and starts counting calls anew; an empty list means no faults. */
    public void plan(List<Fault> faults, Consumer<Duration> delay) {
        kernel.rmi.plan(new FaultPlan(faults, delay));
    }

    /**
     * Makes one RMI call behind the back of the host's kernel, as a debugger does: it is in no trace and no count, and no
     * fault plan sees it. What it takes from the kernel the kernel will miss.
     *
     * @param fid of any call, known to the RMM or not
     * @param arguments X1 and up, at most {@value #RMI_ARGUMENTS}
     */
    public RmiAnswer rmi(long fid, List<Long> arguments) {
        if (arguments.size() > RMI_ARGUMENTS) {
            throw new IllegalArgumentException("an RMI call has at most " + RMI_ARGUMENTS + " arguments");
        }
        kernel.actFor(RealmLog.none());
        long[] x = new long[Rmm.REGISTERS];
        x[0] = fid;
        for (int i = 0; i < arguments.size(); i++) {
            x[i + 1] = arguments.get(i);
        }
        rmm.smc(x);
        boolean known = x[0] != RmiStatus.NOT_SUPPORTED;
        return new RmiAnswer(
                Arrays.stream(x).boxed().toList(),
                known ? RmiStatus.nameOf(x[0]) : "NOT_SUPPORTED",
                known ? RmiStatus.indexOf(x[0]) : 0);
    }

    /**
     * Carries a launch to RMI_REALM_ACTIVATE. Anything that fails before that is torn down again and reported.
     *
     * @param trace gets every RMI call of this realm from now on, runs and teardown included
     * @throws io.realmwright.machine.fault.PowerLoss if the fault plan says so
     */
    public LaunchResult launch(
            RealmSpec spec, LaunchPlan plan, ImageStore images, LaunchObserver observer, TraceSink trace) {
        List<Violation> violations = new ArrayList<>(RealmSpecRules.check(spec, images));
        if (violations.isEmpty()) {
            violations.addAll(RealmSpecRules.check(spec, plan));
        }
        if (!violations.isEmpty()) {
            return new LaunchResult.Invalid(List.copyOf(violations));
        }
        Set<Unavailability> unavailable = config.profile().unavailable(plan, spec.hashAlgorithm());
        if (!unavailable.isEmpty()) {
            return new LaunchResult.Unavailable(unavailable);
        }
        var log = new RealmLog(new RmiCalls(), TraceRecorder.to(trace, rmm, hardware));
        kernel.actFor(log);
        rmm.observeRims(observer.rim());
        try {
            return new RealmLaunch(profile(), kernel, spec, plan, images).run(observer, log);
        } finally {
            rmm.observeRims(null);
        }
    }
}
