package io.realmwright.machine.trace;

/** How a replay ended. */
public sealed interface ReplayResult {
    /** Up to the end, or to where it stopped. */
    ReplayReport report();

    /** Every recorded answer was given, and there was at least one. */
    record Agreed(ReplayReport report) implements ReplayResult {}

    /** At least one answer was another; from there on the machine is not the recorded one. */
    record Differs(ReplayReport report) implements ReplayResult {}

    /**
     * No trace, or none that this machine can play.
     *
     * @param line the line at fault, from 1; 0 if it is the trace as a whole
     */
    record Unreadable(ReplayReport report, long line, String reason) implements ReplayResult {}
}
