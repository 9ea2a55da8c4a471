package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.realm.Inspecting.Inspection;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.TracedCalls;
import io.realmwright.machine.trace.TracedMemory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
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
    private static final int PAGE_LINES = 10_000;

    private final Inspecting inspecting;

    /** A replay is pure computation: more at once than there are processors would only take more memory. */
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

    Retracing(Inspecting inspecting) {
        this.inspecting = inspecting;
    }

    /** @param call from 0, which is the call that boots the machine */
    public Inspection<TracedMemory.Answer> memoryAfter(String name, long call) {
        return retrace(name, trace -> TracedMemory.after(call, trace, LIMITS));
    }

    public Inspection<TracedCalls.Answer> calls(String name) {
        return retrace(name, trace -> TracedCalls.of(trace, LIMITS));
    }

    private <T> Inspection<T> retrace(String name, Function<ByteArrayInputStream, T> reading) {
        return inspecting.inspect(
                name, (agents, host, realm) -> wholeTrace(agents, host, realm).map(trace -> computed(trace, reading)));
    }

    private <T> T computed(String trace, Function<ByteArrayInputStream, T> reading) {
        atOnce.acquireUninterruptibly();
        try {
            return reading.apply(new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)));
        } finally {
            atOnce.release();
        }
    }

    private static AgentAnswer<String> wholeTrace(Agents agents, Host.Address host, UUID realm) {
        var lines = new StringBuilder();
        String offset = "0";
        while (!offset.isEmpty()) {
            AgentAnswer<Agents.TracePage> page = agents.trace(host, realm, Long.parseLong(offset), PAGE_LINES);
            if (!(page instanceof AgentAnswer.Ok<Agents.TracePage>(var read))
                    || read.lines().isEmpty()) {
                return page.map(_ -> lines.toString());
            }
            lines.append(read.lines());
            offset = read.nextOffset();
        }
        return new AgentAnswer.Ok<>(lines.toString());
    }
}
