package io.realmwright.machine.rmm;

import java.util.ArrayDeque;
import java.util.Deque;

/** Makes the calls that a test queues, one after the other, and waits for an interrupt when there are none. */
final class ScriptedGuest implements GuestSoftware {
    private final Deque<long[]> calls = new ArrayDeque<>();
    /** X0 to X8 when it last made a call, and when it was last run. */
    private long[] beforeCall = new long[9];

    private long[] now = new long[9];

    void queue(long... registers) {
        calls.add(registers);
    }

    /** The results of the call before the last one. */
    long[] resultsBeforeCall() {
        return beforeCall.clone();
    }

    /** The results of the last call. */
    long[] results() {
        return now.clone();
    }

    @Override
    public Trap run(VirtualCpu cpu) {
        now = results(cpu);
        if (!calls.isEmpty()) {
            beforeCall = now;
            long[] registers = calls.remove();
            for (int i = 0; i < registers.length; i++) {
                cpu.register(i, registers[i]);
            }
            return Trap.SMC;
        }
        return Trap.FIQ;
    }

    private static long[] results(VirtualCpu cpu) {
        long[] results = new long[9];
        for (int i = 0; i < results.length; i++) {
            results[i] = cpu.register(i);
        }
        return results;
    }
}
