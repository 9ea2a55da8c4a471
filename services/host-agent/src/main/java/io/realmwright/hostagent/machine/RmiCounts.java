package io.realmwright.hostagent.machine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.realmwright.machine.host.RmiAnswer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many RMI calls the realms of one machine took, by command and status. It outlives the machine's boots. */
public final class RmiCounts {
    private final String machine;
    private final Map<Call, Counter> counters = new ConcurrentHashMap<>();

    private record Call(String command, String status) {}

    RmiCounts(String machine) {
        this.machine = machine;
    }

    void count(String command, long x0) {
        counters.computeIfAbsent(new Call(command, RmiAnswer.statusOf(x0)), this::counter)
                .increment();
    }

    private Counter counter(Call call) {
        return Metrics.counter(
                "realmwright.rmi.calls", "machine", machine, "command", call.command(), "status", call.status());
    }
}
