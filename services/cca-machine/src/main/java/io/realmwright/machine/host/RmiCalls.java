package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiFunction;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many RMI calls were made, by command. */
final class RmiCalls {
    private static final class Count {
        private long calls;
    }

    private final Map<RmiFunction, Count> byFunction = new HashMap<>();
    private long total;

    void count(RmiFunction command) {
        byFunction.computeIfAbsent(command, _ -> new Count()).calls++;
        total++;
    }

    SortedMap<String, Long> byCommand() {
        SortedMap<String, Long> byCommand = new TreeMap<>();
        byFunction.forEach((command, count) -> byCommand.put(command.name(), count.calls));
        return byCommand;
    }

    long total() {
        return total;
    }
}
