package io.realmwright.machine.host;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.trace.TraceSink;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A simulated host machine: an RMM and the KVM-like kernel that drives it. One thread at a time may use it. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class SimulatedHost {
    private SimulatedHost() {}

    /** Boots a machine; its RMM is active and all DRAM is non-secure. */
    public static SimulatedHost boot(HostConfig config) {
        throw new UnsupportedOperationException();
    }

    public HostProfile profile() {
        throw new UnsupportedOperationException();
    }

    /** The RMI feature registers, from index 0. */
    public List<Long> features() {
        throw new UnsupportedOperationException();
    }

    /** Number of granules by state; every state that occurs, {@code NS} included. */
    public SortedMap<String, Long> granulesByState() {
        throw new UnsupportedOperationException();
    }

    /** Granules that the host can still use: neither in use nor leaked. */
    public long freeGranules() {
        throw new UnsupportedOperationException();
    }

    /** Granules lost to failed undelegations. */
    public long leakedGranules() {
        throw new UnsupportedOperationException();
    }

    /** Replaces the fault plan and starts counting calls anew; an empty list means no faults. */
    public void plan(List<Fault> faults, Consumer<Duration> delay) {
        throw new UnsupportedOperationException();
    }

    /**
     * Carries a launch to RMI_REALM_ACTIVATE. Anything that fails before that is torn down again and reported.
     *
     * @param trace gets every RMI call of this realm from now on, runs and teardown included
     * @throws io.realmwright.machine.fault.PowerLoss if the fault plan says so
     */
    public LaunchResult launch(
            RealmSpec spec, LaunchPlan plan, ImageStore images, LaunchObserver observer, TraceSink trace) {
        throw new UnsupportedOperationException();
    }
}
