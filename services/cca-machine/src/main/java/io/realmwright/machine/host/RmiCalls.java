package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiFunction;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many RMI calls were made, by command. */
final class RmiCalls {
    private final SortedMap<String, Long> byCommand = new TreeMap<>();
    private long total;

    void count(RmiFunction command) {
        byCommand.merge(command.name(), 1L, Long::sum);
        total++;
    }

    SortedMap<String, Long> byCommand() {
        return new TreeMap<>(byCommand);
    }

    long total() {
        return total;
    }
}
