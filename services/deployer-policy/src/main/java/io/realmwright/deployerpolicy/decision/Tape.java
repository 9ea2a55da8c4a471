package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.TraceSink;
import io.realmwright.machine.trace.TracedCall;
import io.realmwright.machine.trace.TracedCalls;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records the calls of a rehearsal: the first ones as they were, of the others only how many there were. */
final class Tape implements TraceSink {
    static final int CALLS_MAX = 5_000;
    /** How the lines of a trace begin that are calls; all others set up what calls are about. */
    private static final String CALL = "{\"call\":";

    private final StringBuilder kept = new StringBuilder();
    private boolean stopped;
    private long calls;

    @Override
    public void line(String json) {
        if (stopped || !json.startsWith(CALL)) {
            return;
        }
        if (calls < CALLS_MAX) {
            kept.append(json).append('\n');
        }
        calls++;
    }

    /** What the machine is asked from now on is no part of the rehearsal. */
    void stop() {
        stopped = true;
    }

    long total() {
        return calls;
    }

    List<TracedCall> calls() {
        var trace = new ByteArrayInputStream(kept.toString().getBytes(StandardCharsets.UTF_8));
        return switch (TracedCalls.of(trace, ReplayLimits.NONE)) {
            case TracedCalls.Answer.Listed(var listed) -> listed;
            case TracedCalls.Answer.Unreadable(var line, var reason) ->
                throw new IllegalStateException(
                        "the machine's own trace is unreadable at line " + line + ": " + reason);
        };
    }
}
