package io.realmwright.machine.host;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import io.realmwright.machine.rmm.RmiFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts calls by command and tells which of them is to go wrong. */
final class FaultPlan {
    private final List<Fault> faults;
    private final Consumer<Duration> delay;
    private final Map<String, Long> calls = new HashMap<>();

    FaultPlan(List<Fault> faults, Consumer<Duration> delay) {
        this.faults = List.copyOf(faults);
        this.delay = delay;
    }

    static FaultPlan none() {
        return new FaultPlan(List.of(), duration -> {});
    }

    /** What happens at this call, null if nothing does. */
    @Nullable
    FaultAction next(RmiFunction command) {
        if (faults.isEmpty()) {
            return null;
        }
        long nth = calls.merge(command.name(), 1L, Long::sum);
        for (Fault fault : faults) {
            if (fault.nth() == nth && fault.command().equals(command.name())) {
                return fault.action();
            }
        }
        return null;
    }

    void wait(Duration duration) {
        delay.accept(duration);
    }
}
