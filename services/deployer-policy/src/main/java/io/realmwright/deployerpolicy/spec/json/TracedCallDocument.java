package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.machine.trace.TracedCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a trace as JSON. */
public record TracedCallDocument(
        long call,
        String command,
        List<String> arguments,
        String status,
        int index,
        List<String> results,
        TracedCall.@Nullable Exit exit,
        List<TracedCall.GuestCall> guestCalls) {
    public static TracedCallDocument of(TracedCall call) {
        return new TracedCallDocument(
                call.number(),
                call.command(),
                call.arguments(),
                call.status(),
                call.index(),
                call.results(),
                call.exit(),
                call.guestCalls());
    }
}
