package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.Invariants;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiCommand1_0;
import io.realmwright.machine.rmm.RmiFunction;
import io.realmwright.machine.rmm.RmiRevision;
import io.realmwright.machine.rmm.RsiCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every recorded call of a revision, made again, and how many of each command agree. */
public final class RecordedCalls {
    /** A recount of the whole machine after every call would take longer than all the rest. */
    private static final int CALLS_BETWEEN_RECOUNTS = 8;

    private final SortedMap<String, Cases> byHost = new TreeMap<>();
    private final SortedMap<String, Cases> byGuest = new TreeMap<>();
    private final RmiRevision revision;
    private final Map<Long, String> rsiNames = new HashMap<>();

    /**
     * What became of the calls of one command.
     *
     * @param run calls made
     * @param agree calls of which every recorded answer agreed
     */
    public record Cases(long run, long agree) {
        public static final Cases NONE = new Cases(0, 0);

        private static Cases one(boolean agreed) {
            return new Cases(1, agreed ? 1 : 0);
        }

        public Cases and(Cases others) {
            return new Cases(run + others.run, agree + others.agree);
        }
    }

    private RecordedCalls(RmiRevision revision) {
        this.revision = revision;
        withoutHandler("RSI_").forEach((name, fid) -> rsiNames.put(fid, name));
        for (RsiCommand command : RsiCommand.values()) {
            rsiNames.put(command.fid(), command.name());
        }
    }

    /** The commands of RMI 2.0 or RSI 1.1 that have a name and no handler. */
    public static SortedMap<String, Long> withoutHandler(String prefix) {
        return CommandNames.withoutHandler().entrySet().stream()
                .filter(named -> named.getKey().startsWith(prefix))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    /** Makes them. */
    public static RecordedCalls of(RmiRevision revision) {
        Path root = switch (revision) {
            case RMI_1_0 -> Traces.ROOT_1_0;
            case RMI_2_0 -> Traces.ROOT_2_0;
        };
        var calls = new RecordedCalls(revision);
        for (String recording : Traces.names(root)) {
            try (InputStream trace = Files.newInputStream(root.resolve(recording))) {
                calls.play(recording, new TraceLines(trace, ReplayLimits.NONE));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } catch (TraceFormatException | UnplayableException broken) {
                throw new AssertionError(recording + " cannot be played", broken);
            }
        }
        return calls;
    }

    /** Calls of the host, by command; by FID where the revision has none. */
    public SortedMap<String, Cases> byHost() {
        return byHost;
    }

    /** Calls of guests, by name, or by FID where they have none. */
    public SortedMap<String, Cases> byGuest() {
        return byGuest;
    }

    private void play(String recording, TraceLines lines)
            throws IOException, TraceFormatException, UnplayableException {
        String text = lines.next();
        TraceLine first = TraceLineParser.parse(text == null ? "" : text);
        TraceLine.MachineInfo info = first instanceof TraceLine.MachineInfo named ? named : TraceMachine.RECORDED;
        var machine = new TraceMachine(info);
        var tally = new ReplayTally(recording);
        var player = new LinePlayer(machine, tally, new WorkBudget(Long.MAX_VALUE));
        var invariants = new Invariants(machine.rmm(), (int) info.dramGranules());
        int made = 0;
        for (TraceLine line = first; line != null; line = parsed(lines.next())) {
            if (line instanceof TraceLine.MachineInfo) {
                continue;
            }
            long differed = tally.differing();
            player.play(line);
            if (line instanceof TraceLine.Call call) {
                count(call, tally.differing() == differed);
                if (++made % CALLS_BETWEEN_RECOUNTS == 0) {
                    invariants.check();
                }
            }
        }
        invariants.check();
    }

    private static @Nullable TraceLine parsed(@Nullable String text) throws TraceFormatException {
        return text == null ? null : TraceLineParser.parse(text);
    }

    private void count(TraceLine.Call call, boolean agreed) throws UnplayableException {
        RmiFunction command = switch (revision) {
            case RMI_1_0 -> RmiCommand1_0.of(call.fid());
            case RMI_2_0 -> RmiCommand.of(call.fid());
        };
        byHost.merge(command == null ? call.name() : command.name(), Cases.one(agreed), Cases::and);
        for (TraceLine.GuestCall guest : call.guest()) {
            byGuest.merge(nameOf(guest.registers()), Cases.one(agreed), Cases::and);
        }
    }

    private String nameOf(List<TraceNumber> registers) {
        if (!(registers.getFirst() instanceof TraceNumber.Plain(long fid))) {
            throw new AssertionError("a FID is a plain number");
        }
        return rsiNames.getOrDefault(fid, TraceNumber.hex(fid));
    }
}
