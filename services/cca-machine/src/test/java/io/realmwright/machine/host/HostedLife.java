package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.trace.Replay;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.ReplayResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One realm on a host from launch to teardown, and what is to be said of it afterwards. */
final class HostedLife {
    /** The granules of a host of 1 GiB. */
    static final long GRANULES = HostConfig.GIB / 4096;

    /** Pages that a host kernel keeps for itself: one for parameters and lists, one to copy images from. */
    static final long KERNEL_PAGES = 2;

    private final SimulatedHost host;
    private final List<String> trace = new ArrayList<>();
    private final LaunchResult result;
    private @Nullable Outcome outcome;
    private @Nullable Measurements measurements;

    private HostedLife(SimulatedHost host, RealmSpec spec, LaunchPlan plan) {
        this.host = host;
        this.result = host.launch(spec, plan, Realms.STORE, LaunchObserver.NONE, trace::add);
    }

    /** Launches, and leaves it at that. */
    static HostedLife launched(SimulatedHost host, RealmSpec spec, LaunchPlan plan) {
        return new HostedLife(host, spec, plan);
    }

    /** Launches, runs, measures and tears down again, as far as it gets. */
    static HostedLife lived(SimulatedHost host, RealmSpec spec, LaunchPlan plan) {
        var life = new HostedLife(host, spec, plan);
        if (life.result instanceof LaunchResult.Launched(RealmVm vm)) {
            life.outcome = vm.run();
            life.measurements = vm.measurements();
            vm.destroy();
        }
        return life;
    }

    LaunchResult result() {
        return result;
    }

    RealmVm vm() {
        if (result instanceof LaunchResult.Launched(RealmVm vm)) {
            return vm;
        }
        throw new AssertionError("not launched: " + result);
    }

    /** How the run ended, null if there was none. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** After the run, null if there was none. */
    @Nullable
    Measurements measurements() {
        return measurements;
    }

    /** What has been written down so far. */
    List<String> trace() {
        return trace;
    }

    void assertReplays() {
        byte[] text = String.join("\n", trace).getBytes(StandardCharsets.UTF_8);
        ReplayResult replayed = Replay.of("life", new ByteArrayInputStream(text), ReplayLimits.NONE);
        assertThat(replayed).isInstanceOf(ReplayResult.Agreed.class);
    }

    /** Granules that are in any other state than NS. */
    long notNonSecure() {
        return GRANULES - host.granulesByState().getOrDefault("NS", 0L);
    }
}
