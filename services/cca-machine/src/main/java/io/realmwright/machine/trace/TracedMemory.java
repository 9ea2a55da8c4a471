package io.realmwright.machine.trace;

import io.realmwright.machine.memory.MemoryMap;
import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.rmm.RealmView;
import io.realmwright.machine.rmm.RmiCommand;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The memory of a traced realm after any of its RMI calls, rebuilt on a scratch machine. */
public final class TracedMemory {
    private final TraceLines lines;
    private final ReplayTally tally = new ReplayTally("the trace");
    private final TracePlayer player;
    private long calls;
    private @Nullable TraceNumber rd;

    private TracedMemory(InputStream trace, ReplayLimits limits) throws IOException {
        this.lines = new TraceLines(trace, limits);
        this.player = new TracePlayer(UnaryOperator.identity(), tally, limits);
    }

    /** What a trace tells about the memory at one of its calls. */
    public sealed interface Answer {
        /** The runs in ascending order; none before the realm was created and after it was destroyed. */
        record Rebuilt(List<MemoryRun> runs) implements Answer {}

        /** The trace ends before the call; {@code calls} is how many it has. */
        record NoSuchCall(long calls) implements Answer {}

        /** The trace cannot be played up to the call, so that nobody knows what the memory was. */
        record Unplayable(long line, String reason) implements Answer {}
    }

    /**
     * Plays a trace of one realm up to and including one of its RMI calls. Bad input is an answer, never an exception.
     *
     * @param call from 0, which is the call that boots the machine
     */
    public static Answer after(long call, InputStream trace, ReplayLimits limits) {
        TracedMemory memory;
        try {
            memory = new TracedMemory(trace, limits);
        } catch (IOException unreadable) {
            return new Answer.Unplayable(0, "cannot be read: " + unreadable.getMessage());
        }
        return memory.after(call);
    }

    private Answer after(long call) {
        try {
            for (String text = lines.next(); text != null && calls <= call; text = lines.next()) {
                play(TraceLineParser.parse(text));
            }
            return calls <= call ? new Answer.NoSuchCall(calls) : answer();
        } catch (IOException unreadable) {
            return new Answer.Unplayable(lines.number(), "cannot be read: " + unreadable.getMessage());
        } catch (TraceFormatException noTrace) {
            return new Answer.Unplayable(lines.number(), noTrace.reason());
        } catch (UnplayableException stopped) {
            return new Answer.Unplayable(lines.number(), stopped.reason());
        }
    }

    private void play(TraceLine line) throws UnplayableException {
        player.play(lines.number(), line);
        if (tally.differing() > 0) {
            throw new UnplayableException("this machine answers " + tally.call() + " otherwise than the recorded one");
        }
        if (line instanceof TraceLine.Call call) {
            calls++;
            if (call.fid() == RmiCommand.RMI_REALM_CREATE.fid()
                    && !call.arguments().isEmpty()) {
                rd = call.arguments().getFirst();
            }
        }
    }

    private Answer answer() throws UnplayableException {
        TraceMachine machine = player.machine();
        if (machine == null || rd == null) {
            return new Answer.Rebuilt(List.of());
        }
        long address = machine.notation().value(rd);
        RealmView realm = machine.rmm().realm(address);
        if (realm == null) {
            return new Answer.Rebuilt(List.of());
        }
        return new Answer.Rebuilt(new MemoryMap(machine.rmm(), address, 1L << (realm.ipaBits() - 1)).runs());
    }
}
