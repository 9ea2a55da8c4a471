package io.realmwright.machine.trace;

import io.realmwright.machine.rim.RimObserver;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Plays a trace line by line on a fresh machine of its info line, or on the recorded one if it has none. */
final class TracePlayer {
    private final UnaryOperator<TraceLine.MachineInfo> machines;
    private final ReplayTally tally;
    private final WorkBudget budget;
    private final @Nullable RimObserver rims;
    private @Nullable TraceMachine machine;
    private @Nullable LinePlayer player;

    TracePlayer(UnaryOperator<TraceLine.MachineInfo> machines, ReplayTally tally, ReplayLimits limits) {
        this(machines, tally, limits, null);
    }

    /** @param rims hears of every extension of a RIM */
    TracePlayer(
            UnaryOperator<TraceLine.MachineInfo> machines,
            ReplayTally tally,
            ReplayLimits limits,
            @Nullable RimObserver rims) {
        this.machines = machines;
        this.tally = tally;
        this.budget = new WorkBudget(limits.steps());
        this.rims = rims;
    }

    /** The machine, null before a line has said or assumed what it is. */
    @Nullable
    TraceMachine machine() {
        return machine;
    }

    /** @throws IllegalStateException if the machine itself fails, which is a fault of the machine */
    void play(long number, TraceLine line) throws UnplayableException {
        tally.line(number);
        try {
            play(line);
        } catch (RuntimeException fault) {
            throw new IllegalStateException("the machine failed at line " + number + ", " + tally.call(), fault);
        }
    }

    private void play(TraceLine line) throws UnplayableException {
        if (line instanceof TraceLine.Note) {
            return;
        }
        if (player == null) {
            TraceLine.MachineInfo info =
                    line instanceof TraceLine.MachineInfo described ? described : TraceMachine.RECORDED;
            machine = new TraceMachine(machines.apply(info));
            machine.rmm().observeRims(rims);
            player = new LinePlayer(machine, tally, budget);
            if (line instanceof TraceLine.MachineInfo) {
                return;
            }
        }
        player.play(line);
    }
}
