package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.realm.Inspecting.Inspection;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.TracedCalls;
import io.realmwright.machine.trace.TracedMemory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * Tells from a realm's trace what its calls were and what its memory was after each of them. The trace outlives the
 * realm, so this works for a realm that is gone from its host, too.
 */
@Service
public class Retracing {
    private static final ReplayLimits LIMITS = new ReplayLimits(1_000_000, 256L << 20, 20_000_000);

    private final Inspecting inspecting;

    /** A replay is pure computation: more at once than there are processors would only take more memory. */
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

    Retracing(Inspecting inspecting) {
        this.inspecting = inspecting;
    }

    /**
     * The realm's memory after one of its calls.
     *
     * @param call from 0, which is the call that boots the machine
     */
    public Inspection<TracedMemory.Answer> memoryAfter(String name, long call) {
        return retrace(name, trace -> TracedMemory.after(call, trace, LIMITS));
    }

    public Inspection<TracedCalls.Answer> calls(String name) {
        return retrace(name, trace -> TracedCalls.of(trace, LIMITS));
    }

    private <T> Inspection<T> retrace(String name, Function<InputStream, T> reading) {
        return inspecting.inspect(
                name, (agents, host, realm) -> agents.trace(host, realm).map(trace -> computed(trace, reading)));
    }

    private <T> T computed(byte[] trace, Function<InputStream, T> reading) {
        atOnce.acquireUninterruptibly();
        try {
            return reading.apply(new ByteArrayInputStream(trace));
        } finally {
            atOnce.release();
        }
    }
}
