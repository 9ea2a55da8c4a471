package io.realmwright.deployerpolicy.decision;

import io.micrometer.observation.annotation.Observed;
import io.realmwright.deployerpolicy.measurement.Ladder;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchObserver;
import io.realmwright.machine.host.LaunchResult;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RealmVm;
import io.realmwright.machine.host.SimulatedHost;
import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.rim.RimObserver;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.trace.TraceSink;
import io.realmwright.machine.trace.TracedCall;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Launches and runs a realm on a scratch machine to see what would come of it. It is the same code that carries out a
 * launch on a host's simulated machine, so the forecast is no second opinion.
 */
@Component
public class Rehearsal {
    /** The state of granules that hold tables; the realm is alone on its machine. */
    private static final String RTT = "RTT";

    private static final int MEMORY_RUNS_MAX = 10_000;
    private static final long SEED = 0; // nothing that a forecast tells depends on it

    /** A rehearsal is pure computation: more at once than there are processors would only take more memory. */
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** Firmware that makes no token, and remembers what the RMM would have had it sign. */
    private static final class ClaimsSeen implements TokenSigner {
        private Optional<RealmClaims.Common> seen = Optional.empty();

        @Override
        public Optional<byte[]> sign(RealmClaims claims) {
            seen = Optional.of(claims.common());
            return Optional.empty();
        }

        Optional<List<String>> rems() {
            return seen.map(claims ->
                    claims.rems().stream().map(HexFormat.of()::formatHex).toList());
        }
    }

    /**
     * What would come of the launch.
     *
     * @param spec obeys the rules of the machine
     * @param plan can be carried out by {@code profile}
     */
    @Observed(name = "realmwright.rehearse", contextualName = "rehearse")
    Forecast of(RealmSpec spec, LaunchPlan plan, HostProfile profile, ImageStore images) {
        atOnce.acquireUninterruptibly();
        try {
            var claims = new ClaimsSeen();
            var host = SimulatedHost.boot(new HostConfig(profile, HostConfig.DRAM_MAX_BYTES, SEED), claims);
            long freeBefore = host.freeGranules();
            var heard = new Heard();
            return switch (host.launch(spec, plan, images, heard, TraceSink.NONE)) {
                case LaunchResult.Launched(var vm) -> run(host, vm, freeBefore, heard.declared, claims);
                case LaunchResult.RefusedByRmm(var step, var refusal) -> new Forecast.RefusedByRmm(step, refusal);
                case LaunchResult.OutOfGranules(var step) -> new Forecast.OutOfGranules(step);
                case LaunchResult.OutOfVmids(var step) ->
                    throw new IllegalStateException("a fresh machine has VMIDs: " + step);
                case LaunchResult.Unavailable(var reasons) ->
                    throw new IllegalStateException("the profile was found able to carry out the plan: " + reasons);
                case LaunchResult.Invalid(var violations) ->
                    throw new IllegalStateException("spec and plan were found valid: " + violations);
            };
        } finally {
            atOnce.release();
        }
    }

    /**
     * The steps of the RIM that a launch would have; empty if it would not get as far as one.
     *
     * @param plan as for {@link #of}; its RPV, which is not measured, does not matter
     */
    public Optional<Ladder> ladder(RealmSpec spec, LaunchPlan plan, HostProfile profile, ImageStore images) {
        atOnce.acquireUninterruptibly();
        try {
            var heard = new HeardRim();
            var host = SimulatedHost.boot(new HostConfig(profile, HostConfig.DRAM_MAX_BYTES, SEED));
            LaunchResult result = host.launch(spec, plan, images, heard, TraceSink.NONE);
            return result instanceof LaunchResult.Launched ? Optional.of(new Ladder(heard.steps)) : Optional.empty();
        } finally {
            atOnce.release();
        }
    }

    /**
     * A rehearsal call by call.
     *
     * @param calls the first of them, in the form in which a realm's own trace tells them
     * @param callsTotal how many there were until the outcome, or until the RMM refused
     * @param memory the first runs of the IPA space at the outcome; none if the launch did not get so far
     * @param memoryRunsTotal how many runs there are
     */
    public record Played(List<TracedCall> calls, long callsTotal, List<MemoryRun> memory, long memoryRunsTotal) {}

    /**
     * Rehearses once more and tells every call.
     *
     * @param plan as for {@link #of}
     */
    public Played played(RealmSpec spec, LaunchPlan plan, HostProfile profile, ImageStore images) {
        atOnce.acquireUninterruptibly();
        try {
            var tape = new Tape();
            var host = SimulatedHost.boot(new HostConfig(profile, HostConfig.DRAM_MAX_BYTES, SEED));
            List<MemoryRun> memory = List.of();
            if (host.launch(spec, plan, images, new Heard(), tape) instanceof LaunchResult.Launched(var vm)) {
                vm.run();
                tape.stop();
                memory = vm.memory();
            }
            return new Played(
                    tape.calls(),
                    tape.total(),
                    List.copyOf(memory.subList(0, Math.min(memory.size(), MEMORY_RUNS_MAX))),
                    memory.size());
        } finally {
            atOnce.release();
        }
    }

    /** What a launch tells as it goes. */
    private static class Heard implements LaunchObserver {
        final List<Forecast.Declared> declared = new ArrayList<>();

        @Override
        public void completed(LaunchStep step, long rmiCalls) {
            // The calls are counted at the end, together with those of the run.
        }

        @Override
        public void declared(IpaRange range, long rmiCalls) {
            declared.add(new Forecast.Declared(range, rmiCalls));
        }
    }

    /** Hears of the RIM as well. */
    private static final class HeardRim extends Heard {
        final List<RimExtension> steps = new ArrayList<>();

        @Override
        public RimObserver rim() {
            return steps::add;
        }
    }

    private static Forecast run(
            SimulatedHost host, RealmVm vm, long freeBefore, List<Forecast.Declared> declared, ClaimsSeen claims) {
        try {
            Outcome outcome = vm.run();
            var measurements = vm.measurements();
            var rmiCalls = vm.rmiCalls();
            long granules = freeBefore - host.freeGranules();
            long rttGranules = host.granulesByState().getOrDefault(RTT, 0L);
            // A guest may measure more between its boot and its first token.
            vm.attest(new byte[RealmVm.CHALLENGE_BYTES]);
            return new Forecast.Ran(
                    outcome,
                    measurements.algorithm(),
                    measurements.rim(),
                    claims.rems().orElse(measurements.rems()),
                    declared,
                    rmiCalls,
                    granules,
                    OptionalLong.of(rttGranules));
        } finally {
            vm.destroy();
        }
    }
}
