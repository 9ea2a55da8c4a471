package io.realmwright.hostagent.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.realmwright.hostagent.machine.Machine;
import io.realmwright.hostagent.machine.MachineStatus;
import io.realmwright.hostagent.machine.Machines;
import io.realmwright.hostagent.machine.RmiCounts;
import io.realmwright.machine.host.SimulatedHost;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What each machine was like when its last work ended: reading it never waits for the machine. */
@Component
class MachineMetrics implements MeterBinder {
    private static final double MILLIS = 1_000;

    private final Machines machines;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    MachineMetrics(Machines machines) {
        this.machines = machines;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        machines.all().forEach(machine -> bind(registry, machine));
        registries.add(registry);
    }

    /** Which calls there are shows when they are made. */
    @Scheduled(fixedDelayString = "PT1S")
    void bindCalls() {
        registries.forEach(registry -> machines.all().forEach(machine -> bindCalls(registry, machine)));
    }

    private static void bindCalls(MeterRegistry registry, Machine machine) {
        RmiCounts counts = machine.rmiCounts();
        for (RmiCounts.Call call : counts.calls()) {
            FunctionCounter.builder("realmwright.rmi.calls", counts, it -> it.of(call))
                    .description("RMI calls of realms, by what the RMM answered.")
                    .tag("machine", machine.name())
                    .tag("command", call.command())
                    .tag("status", call.status())
                    .register(registry);
        }
    }

    private static void bind(MeterRegistry registry, Machine machine) {
        for (String state : SimulatedHost.granuleStates()) {
            gauge("granules", machine, status -> status.granules().getOrDefault(state, 0L))
                    .description("Granules by state.")
                    .tag("state", state)
                    .register(registry);
        }
        gauge("leaked.granules", machine, MachineStatus::leakedGranules)
                .description("Granules lost to failed undelegations since the machine was booted.")
                .register(registry);
        gauge("free.granules", machine, MachineStatus::freeGranules)
                .description("Granules that the host can still use.")
                .register(registry);
        gauge("free.vmids", machine, MachineStatus::freeVmids)
                .description("VMIDs that no realm has.")
                .register(registry);
        gauge("realms", machine, MachineStatus::realms)
                .description("Realms that are on the machine.")
                .register(registry);
        gauge("boot.time", machine, status -> status.bootedAt().toEpochMilli() / MILLIS)
                .baseUnit("seconds")
                .description("When the machine was booted, in seconds since 1970.")
                .register(registry);
    }

    private static Gauge.Builder<Machine> gauge(String name, Machine machine, ToDoubleFunction<MachineStatus> value) {
        return Gauge.builder("realmwright.machine." + name, machine, it -> value.applyAsDouble(it.status()))
                .tag("machine", machine.name())
                .tag("profile", machine.profile().profileName());
    }
}
