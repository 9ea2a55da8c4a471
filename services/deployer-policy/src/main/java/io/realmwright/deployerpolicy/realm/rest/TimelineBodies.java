package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.machine.trace.TracedCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of answers about the calls in a realm's trace. */
final class TimelineBodies {
    private TimelineBodies() {}

    record Timeline(
            List<Call> calls, long callsTotal, @Nullable String nextPageToken) {}

    record Call(
            long call,
            String command,
            List<String> arguments,
            String status,
            int index,
            List<String> results,
            TracedCall.@Nullable Exit exit,
            List<TracedCall.GuestCall> guestCalls) {
        static Call of(TracedCall call) {
            return new Call(
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
}
