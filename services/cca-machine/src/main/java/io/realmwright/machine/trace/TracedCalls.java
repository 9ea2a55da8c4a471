package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.RsiCommand;
import io.realmwright.machine.rmm.RunPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the RMI calls of a trace without playing it. */
public final class TracedCalls {
    private static final TraceNumber ZERO = new TraceNumber.Plain(0);

    private TracedCalls() {}

    /** What a trace tells about its calls. */
    public sealed interface Answer {
        record Listed(List<TracedCall> calls) implements Answer {}

        record Unreadable(long line, String reason) implements Answer {}
    }

    /** The calls of a trace in their order. Bad input is an answer, never an exception. */
    public static Answer of(InputStream trace, ReplayLimits limits) {
        try {
            return of(new TraceLines(trace, limits));
        } catch (IOException unreadable) {
            return new Answer.Unreadable(0, "cannot be read: " + unreadable.getMessage());
        }
    }

    private static Answer of(TraceLines lines) throws IOException {
        List<TracedCall> calls = new ArrayList<>();
        try {
            for (String text = lines.next(); text != null; text = lines.next()) {
                if (TraceLineParser.parse(text) instanceof TraceLine.Call call) {
                    calls.add(traced(calls.size(), call));
                }
            }
        } catch (TraceFormatException noTrace) {
            return new Answer.Unreadable(lines.number(), noTrace.reason());
        }
        return new Answer.Listed(List.copyOf(calls));
    }

    private static TracedCall traced(long number, TraceLine.Call call) {
        TraceNumber x0 = call.results().isEmpty() ? ZERO : call.results().getFirst();
        long status = x0 instanceof TraceNumber.Plain(long value) ? value : RmiStatus.NOT_SUPPORTED;
        return new TracedCall(
                number,
                call.name(),
                call.arguments().stream().map(TraceNumber::toString).toList(),
                RmiStatus.nameOf(status),
                RmiStatus.indexOf(status),
                texts(call.results(), 1),
                exit(call.exit()),
                call.guest().stream().map(TracedCalls::guestCall).toList());
    }

    private static TracedCall.@Nullable Exit exit(@Nullable Map<Integer, TraceNumber> exit) {
        if (exit == null || !(exit.getOrDefault(RunPage.EXIT_REASON, ZERO) instanceof TraceNumber.Plain(long reason))) {
            return null;
        }
        var exits = TracedCall.Exit.values();
        return reason >= 0 && reason < exits.length ? exits[(int) reason] : null;
    }

    private static TracedCall.GuestCall guestCall(TraceLine.GuestCall call) {
        return new TracedCall.GuestCall(
                guestCommand(call.registers().getFirst()), texts(call.registers(), 1), texts(call.results(), 0));
    }

    private static String guestCommand(TraceNumber x0) {
        var command = x0 instanceof TraceNumber.Plain(long fid) ? RsiCommand.of(fid) : null;
        return command == null ? x0.toString() : command.name();
    }

    /** Registers from an index on, without the zeros at the end, which are registers that nobody used. */
    private static List<String> texts(List<TraceNumber> registers, int from) {
        int end = registers.size();
        while (end > from && registers.get(end - 1).equals(ZERO)) {
            end--;
        }
        return registers.subList(Math.min(from, end), end).stream()
                .map(TraceNumber::toString)
                .toList();
    }
}
