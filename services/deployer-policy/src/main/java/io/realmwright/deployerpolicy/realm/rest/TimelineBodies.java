package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.spec.json.TracedCallDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of answers about the calls in a realm's trace. */
final class TimelineBodies {
    private TimelineBodies() {}

    record Timeline(
            List<TracedCallDocument> calls,
            long callsTotal,
            @Nullable String nextPageToken) {}
}
