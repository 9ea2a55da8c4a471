package io.realmwright.hostagent.machine;

import io.realmwright.machine.host.RmiAnswer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many RMI calls the realms of one machine took, by command and status. It outlives the machine's boots. Plain numbers:
 * they are counted in the midst of a machine's work, where nothing that could fail has a place.
 */
public final class RmiCounts {
    private final Map<Call, LongAdder> counts = new ConcurrentHashMap<>();

    /** What is counted apart. */
    public record Call(String command, String status) {}

    void count(String command, long x0) {
        counts.computeIfAbsent(new Call(command, RmiAnswer.statusOf(x0)), call -> new LongAdder())
                .increment();
    }

    /** What was counted so far. */
    public Set<Call> calls() {
        return Set.copyOf(counts.keySet());
    }

    public long of(Call call) {
        LongAdder count = counts.get(call);
        return count == null ? 0 : count.sum();
    }
}
