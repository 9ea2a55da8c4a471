package io.realmwright.deployerpolicy.measurement;

import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.trace.Replay;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.ReplayResult;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Everything that entered a realm's RIM, step by step from its parameters to the RIM itself. */
public record Ladder(List<RimExtension> steps) {
    /** What a trace may cost: it comes from a host, which is not trusted. */
    private static final ReplayLimits LIMITS = new ReplayLimits(400_000, 256L << 20, 20_000_000);

    private static final String LAST_MEASURED = "RMI_REALM_ACTIVATE";

    public Ladder {
        steps = List.copyOf(steps);
    }

    /** Where it leads, empty if it has no step. */
    public String rim() {
        return steps.isEmpty() ? "" : steps.getLast().after();
    }

    /**
     * The ladder of a launch by its trace, replayed on a machine of our own: what is told is what was calculated, not
     * what the host says of itself.
     *
     * @param trace gzip of JSON lines
     * @param rim that the host reports
     */
    public static Replayed replayed(byte[] trace, String rim) {
        var steps = new ArrayList<RimExtension>();
        ReplayResult result = Replay.of("trace", new ByteArrayInputStream(launchIn(trace)), LIMITS, steps::add);
        var ladder = new Ladder(steps);
        return switch (result) {
            case ReplayResult.Agreed _ ->
                ladder.rim().equals(rim)
                        ? new Replayed.Proven(ladder)
                        : new Replayed.Doubtful(ladder, "The trace leads to another RIM than the host reports.");
            case ReplayResult.Differs(var report) ->
                new Replayed.Doubtful(ladder, "The trace does not replay: " + report.differing() + " answers differ.");
            case ReplayResult.Unreadable(var _, var line, var reason) ->
                new Replayed.Doubtful(ladder, "The trace ends at line " + line + ": " + reason + ".");
        };
    }

    /** The lines up to activation: what comes after them leaves the RIM as it is. */
    private static byte[] launchIn(byte[] trace) {
        var launch = new ByteArrayOutputStream();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(trace)), StandardCharsets.UTF_8))) {
            boolean activated = false;
            for (String line = lines.readLine(); line != null && !activated; line = lines.readLine()) {
                launch.writeBytes((line + '\n').getBytes(StandardCharsets.UTF_8));
                activated = line.contains(LAST_MEASURED) || launch.size() > LIMITS.bytes();
            }
        } catch (IOException e) {
            // Whatever is left of it is told of, and the replay finds where it ends.
        }
        return launch.toByteArray();
    }

    /** What came of replaying a trace. */
    public sealed interface Replayed {
        Ladder ladder();

        /** Every recorded answer was given again, and the ladder leads to the reported RIM. */
        record Proven(Ladder ladder) implements Replayed {}

        /** The ladder as far as the trace goes, and why it proves nothing. */
        record Doubtful(Ladder ladder, String doubt) implements Replayed {}
    }
}
