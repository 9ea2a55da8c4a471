package io.realmwright.machine.bench;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An operation that the reference RMM was timed at, too.
 *
 * @param name as in the list of the reference's figures
 * @param referenceNanos what it takes the reference, tuned, in nanoseconds: one C thread on a 2-core Xeon virtual machine
 * @param goal how many times as fast as the reference the machine is to be; 0.5 is half as fast
 * @param workload a machine of its own, made ready
 */
public record Operation(String name, double referenceNanos, double goal, Supplier<Workload> workload) {
    /** Plain array writes in the reference: within twice its time. */
    static final double WITHIN_TWICE = 0.5;

    static final double AT_LEAST = 1;
    static final double FOUR_TIMES = 4;
    static final double FIVE_TIMES = 5;

    /** Every operation of both revisions, in the order of the reference's figures. */
    public static List<Operation> all() {
        return Stream.concat(Operations2_0.all().stream(), Operations1_0.all().stream())
                .toList();
    }
}
