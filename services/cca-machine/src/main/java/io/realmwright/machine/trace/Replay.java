package io.realmwright.machine.trace;

import io.realmwright.machine.rim.RimObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a trace on a fresh machine and compares every answer in it. The format is JSON lines, plain or gzip: the
 * machine of its {@code info} line gets the inputs in order, and a difference does not stop the replay as long as the
 * rest can still be played.
 */
public final class Replay {
    private final ReplayLimits limits;
    private final ReplayTally tally;
    private final TracePlayer player;

    private Replay(
            String file,
            ReplayLimits limits,
            UnaryOperator<TraceLine.MachineInfo> machines,
            @Nullable RimObserver rims) {
        this.limits = limits;
        this.tally = new ReplayTally(file);
        this.player = new TracePlayer(machines, tally, limits, rims);
    }

    /**
     * Replays one trace. Bad input is a result, never an exception; the stream is read to its end or to the fault, and
     * left open.
     *
     * @param file what the trace is called in the result
     * @throws IllegalStateException if the machine itself fails, which is a fault of the machine
     */
    public static ReplayResult of(String file, InputStream trace, ReplayLimits limits) {
        return new Replay(file, limits, UnaryOperator.identity(), null).run(trace);
    }

    /** The same, telling {@code rims} of every extension of a RIM on the way. */
    public static ReplayResult of(String file, InputStream trace, ReplayLimits limits, RimObserver rims) {
        return new Replay(file, limits, UnaryOperator.identity(), rims).run(trace);
    }

    /** Replays on another machine than that of the trace's info line, or than the recorded one if it has none. */
    static ReplayResult onMachine(
            UnaryOperator<TraceLine.MachineInfo> machines, String file, InputStream trace, ReplayLimits limits) {
        return new Replay(file, limits, machines, null).run(trace);
    }

    private ReplayResult run(InputStream trace) {
        long line = 0;
        try {
            var lines = new TraceLines(trace, limits);
            try {
                play(lines);
            } finally {
                line = lines.number();
            }
        } catch (IOException unreadable) {
            return new ReplayResult.Unreadable(tally.report(null), line, "cannot be read: " + unreadable.getMessage());
        } catch (TraceFormatException noTrace) {
            return new ReplayResult.Unreadable(tally.report(null), line, noTrace.reason());
        } catch (UnplayableException stopped) {
            // After a difference the machine is another, so an input that does not fit it is no fault of the trace.
            return tally.differing() > 0
                    ? new ReplayResult.Differs(tally.report("line " + line + ": " + stopped.reason()))
                    : new ReplayResult.Unreadable(tally.report(null), line, stopped.reason());
        }
        return result(tally.report(null));
    }

    private static ReplayResult result(ReplayReport report) {
        if (report.differing() > 0) {
            return new ReplayResult.Differs(report);
        }
        return report.comparedTotal() > 0
                ? new ReplayResult.Agreed(report)
                : new ReplayResult.Unreadable(report, 0, "the trace holds nothing to compare");
    }

    private void play(TraceLines lines) throws IOException, TraceFormatException, UnplayableException {
        for (String text = lines.next(); text != null; text = lines.next()) {
            player.play(lines.number(), TraceLineParser.parse(text));
        }
    }
}
