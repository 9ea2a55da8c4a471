package io.realmwright.machine.trace;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.rmm.GuestSoftware;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * A guest that does what a trace queued, first in first out over all RECs. With nothing queued it is interrupted by an
 * FIQ. What it calls is kept until the host asks for it.
 */
final class QueuedGuest implements GuestSoftware {
    private static final int ARGUMENT_REGISTERS = GuestActionParser.REGISTERS_MAX;

    private final Queue<Action> queue = new ArrayDeque<>();
    /** By REC: the SMC whose results stand in its registers when it runs again. */
    private final Map<Long, long[]> unfinished = new HashMap<>();

    private final List<FinishedCall> finished = new ArrayList<>();

    /** A queued action whose numbers are those of this machine. */
    sealed interface Action {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Smc(long[] registers) implements Action {}

        record Sync(long esr, long far, long hpfar) implements Action {}

        record Interrupt(Trap trap) implements Action {}

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Write(long ipa, long[] words) implements Action {}

        record SetRegister(int register, long value) implements Action {}
    }

    /** An SMC and X0…X8 after it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record FinishedCall(long[] registers, long[] results) {}

    void enqueue(Action action) {
        queue.add(action);
    }

    /** The SMCs that finished since this was asked last. */
    List<FinishedCall> takeFinished() {
        List<FinishedCall> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }

    /** The REC is gone; one that is created in its place has called nothing. */
    void forget(long rec) {
        unfinished.remove(rec);
    }

    @Override
    public Trap run(VirtualCpu cpu) {
        finish(cpu);
        while (true) {
            switch (queue.poll()) {
                case null -> {
                    return Trap.FIQ;
                }
                case Action.Smc(long[] registers) -> {
                    for (int n = 0; n < ARGUMENT_REGISTERS; n++) {
                        cpu.register(n, n < registers.length ? registers[n] : 0);
                    }
                    unfinished.put(cpu.recAddress(), registers);
                    return Trap.SMC;
                }
                case Action.Sync(long esr, long far, long hpfar) -> {
                    cpu.syndrome(esr, far, hpfar);
                    return Trap.SYNC;
                }
                case Action.Interrupt(Trap trap) -> {
                    return trap;
                }
                case Action.Write(long ipa, long[] words) -> {
                    if (!write(cpu, ipa, words)) {
                        return Trap.SYNC;
                    }
                }
                case Action.SetRegister(int register, long value) -> cpu.register(register, value);
            }
        }
    }

    /** Whether all of it was there to be written. */
    private static boolean write(VirtualCpu cpu, long ipa, long[] words) {
        for (int i = 0; i < words.length; i++) {
            if (!cpu.touch(Access.WRITE, ipa + (long) i * Long.BYTES, words[i])) {
                return false;
            }
        }
        return true;
    }

    private void finish(VirtualCpu cpu) {
        long[] registers = unfinished.remove(cpu.recAddress());
        if (registers != null) {
            long[] results = new long[TraceLineParser.GUEST_RESULTS];
            for (int n = 0; n < results.length; n++) {
                results[n] = cpu.register(n);
            }
            finished.add(new FinishedCall(registers, results));
        }
    }
}
