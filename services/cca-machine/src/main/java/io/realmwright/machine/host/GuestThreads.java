package io.realmwright.machine.host;

import io.realmwright.machine.rmm.GuestSoftware;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;
import io.realmwright.machine.vcpu.GuestThread;
import java.util.HashMap;
import java.util.Map;

/** The software of all realms on a machine, found by REC; what it does goes into the realm's trace. */
final class GuestThreads implements GuestSoftware {
    private final Map<Long, GuestThread> byRec = new HashMap<>();
    private TraceRecorder trace = TraceRecorder.off();

    void add(long rec, GuestThread thread) {
        byRec.put(rec, thread);
    }

    void remove(long rec) {
        byRec.remove(rec);
    }

    void traceTo(TraceRecorder recorder) {
        trace = recorder;
    }

    @Override
    public Trap run(VirtualCpu cpu) {
        GuestThread thread = byRec.get(cpu.recAddress());
        if (thread == null) {
            throw new IllegalStateException("no software for REC 0x" + Long.toHexString(cpu.recAddress()));
        }
        trace.beforeGuest(cpu);
        Trap trap = thread.run(cpu);
        trace.afterGuest(cpu, trap);
        return trap;
    }
}
