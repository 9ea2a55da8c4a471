package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchObserver;
import io.realmwright.machine.host.LaunchResult;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RealmVm;
import io.realmwright.machine.host.SimulatedHost;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.trace.TraceSink;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Launches and runs a realm on a scratch machine to see what would come of it. It is the same code that carries out a
 * launch on a host's simulated machine, so the forecast is no second opinion.
 */
@Component
class Rehearsal {
    private static final long SEED = 0; // nothing that a forecast tells depends on it

    /** A rehearsal is pure computation: more at once than there are processors would only take more memory. */
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * What would come of the launch.
     *
     * @param spec obeys the rules of the machine
     * @param plan can be carried out by {@code profile}
     */
    Forecast of(RealmSpec spec, LaunchPlan plan, HostProfile profile, ImageStore images) {
        atOnce.acquireUninterruptibly();
        try {
            var host = SimulatedHost.boot(new HostConfig(profile, HostConfig.DRAM_MAX_BYTES, SEED));
            long freeBefore = host.freeGranules();
            return switch (host.launch(spec, plan, images, LaunchObserver.NONE, TraceSink.NONE)) {
                case LaunchResult.Launched(var vm) -> run(host, vm, freeBefore);
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

    private static Forecast run(SimulatedHost host, RealmVm vm, long freeBefore) {
        try {
            Outcome outcome = vm.run();
            var measurements = vm.measurements();
            long granules = freeBefore - host.freeGranules();
            return new Forecast.Ran(outcome, measurements.algorithm(), measurements.rim(), vm.rmiCalls(), granules);
        } finally {
            vm.destroy();
        }
    }
}
