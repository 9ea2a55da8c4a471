package io.realmwright.machine.fault;

/**
 * Something that goes wrong at one RMI call.
 *
 * @param command the RMI command's name, for example {@code RMI_GRANULE_RANGE_UNDELEGATE}
 * @param nth which call of that command, counted from 1 since the plan was set
 */
public record Fault(String command, long nth, FaultAction action) {
    public Fault {
        if (nth < 1) {
            throw new IllegalArgumentException("calls are counted from 1");
        }
    }
}
