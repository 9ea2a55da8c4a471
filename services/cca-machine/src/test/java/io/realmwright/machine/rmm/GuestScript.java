package io.realmwright.machine.rmm;

import io.realmwright.machine.guest.Access;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what a test queues, on whichever vCPU is entered, and waits for an interrupt when there is nothing left to do. */
final class GuestScript implements GuestSoftware {
    private static final int RESULTS = 9;

    private final Deque<Function<VirtualCpu, @Nullable Trap>> steps = new ArrayDeque<>();
    private final Set<Long> calling = new HashSet<>();
    private final List<long[]> results = new ArrayList<>();
    private final List<Boolean> touches = new ArrayList<>();
    private int aborts;

    /** The guest makes an SMC with these registers from X0; X8 and below that it does not name are zero. */
    GuestScript smc(long... registers) {
        steps.add(cpu -> {
            for (int i = 0; i < RESULTS; i++) {
                cpu.register(i, i < registers.length ? registers[i] : 0);
            }
            for (int i = RESULTS; i < registers.length; i++) {
                cpu.register(i, registers[i]);
            }
            calling.add(cpu.recAddress());
            return Trap.SMC;
        });
        return this;
    }

    GuestScript rsi(RsiCommand command, long... arguments) {
        long[] registers = new long[1 + arguments.length];
        registers[0] = command.fid();
        System.arraycopy(arguments, 0, registers, 1, arguments.length);
        return smc(registers);
    }

    /** The guest touches memory; what faults it gives up. */
    GuestScript touch(Access access, long ipa, long value) {
        steps.add(cpu -> {
            boolean succeeded = cpu.touch(access, ipa, value);
            touches.add(succeeded);
            return succeeded ? null : Trap.SYNC;
        });
        return this;
    }

    GuestScript sync(long esr, long far, long hpfar) {
        steps.add(cpu -> {
            cpu.syndrome(esr, far, hpfar);
            return Trap.SYNC;
        });
        return this;
    }

    GuestScript set(int register, long value) {
        steps.add(cpu -> {
            cpu.register(register, value);
            return null;
        });
        return this;
    }

    GuestScript trap(Trap trap) {
        steps.add(cpu -> trap);
        return this;
    }

    /** Looks at the vCPU while it runs. */
    GuestScript look(java.util.function.Consumer<VirtualCpu> eye) {
        steps.add(cpu -> {
            eye.accept(cpu);
            return null;
        });
        return this;
    }

    /** X0 to X8 after the last SMC that has returned. */
    long[] result() {
        return results.getLast();
    }

    int finishedCalls() {
        return results.size();
    }

    /** Whether the last touch succeeded. */
    boolean touched() {
        return touches.getLast();
    }

    /** Exceptions injected so far. */
    int aborts() {
        return aborts;
    }

    @Override
    public Trap run(VirtualCpu cpu) {
        if (calling.remove(cpu.recAddress())) {
            long[] registers = new long[RESULTS];
            Arrays.setAll(registers, cpu::register);
            results.add(registers);
        }
        if (cpu.takeInjectedAbort()) {
            aborts++;
        }
        while (!steps.isEmpty()) {
            Trap trap = steps.remove().apply(cpu);
            if (trap != null) {
                return trap;
            }
        }
        return Trap.FIQ;
    }
}
