package io.realmwright.machine.rmm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The revisions of the Realm Management Interface; each has commands, layouts and statuses of its own. */
public enum RmiRevision {
    RMI_1_0("1.0"),
    RMI_2_0("2.0");

    private final String number;

    RmiRevision(String number) {
        this.number = number;
    }

    /** {@code 1.0} or {@code 2.0}. */
    public String number() {
        return number;
    }

    /** The names of its commands that have a handler. */
    public List<String> commands() {
        RmiFunction[] functions = switch (this) {
            case RMI_1_0 -> RmiCommand1_0.values();
            case RMI_2_0 -> RmiCommand.values();
        };
        return Arrays.stream(functions).map(RmiFunction::name).sorted().toList();
    }

    /** The names of its statuses that are no success. RMI 1.0 has no others than for input, realm, REC and RTT. */
    public List<String> refusals() {
        long last = switch (this) {
            case RMI_1_0 -> RmiStatus.ERROR_RTT;
            case RMI_2_0 -> RmiStatus.ERROR_GRANULE;
        };
        return LongStream.rangeClosed(RmiStatus.ERROR_INPUT, last)
                .mapToObj(RmiStatus::nameOf)
                .sorted()
                .toList();
    }
}
