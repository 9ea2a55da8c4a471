package io.realmwright.deployerpolicy.impact.rest;

import io.realmwright.deployerpolicy.decision.DenialReason;
import io.realmwright.deployerpolicy.decision.Ruling;
import io.realmwright.deployerpolicy.impact.Change;
import io.realmwright.deployerpolicy.impact.Scope;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of requests and answers about impact. */
final class ImpactBodies {
    private ImpactBodies() {}

    /** What {@link ImpactRequest#of} names. */
    private enum Of {
        REALMS,
        REQUESTS
    }

    /**
     * What is to be tried.
     *
     * @param of the realms that are there, or the requests of a time window
     */
    record ImpactRequest(
            @Nullable Integer revision,
            @Nullable String of,
            @Nullable Instant from,
            @Nullable Instant until) {
        int revision(Fields fields) {
            return fields.integer("revision", fields.required("revision", revision, 1), 1, 1, Integer.MAX_VALUE);
        }

        Scope scope(Fields fields) {
            return switch (of == null ? Of.REALMS : fields.constant("of", of, Of.class)) {
                case REALMS -> {
                    if (from != null || until != null) {
                        fields.reject("from", "and until are of REQUESTS only");
                    }
                    yield new Scope.Realms();
                }
                case REQUESTS ->
                    new Scope.Requests(
                            fields.required("from", from, Instant.EPOCH),
                            fields.required("until", until, Instant.EPOCH));
            };
        }
    }

    record RulingBody(
            String verdict,
            @Nullable String rule,
            @Nullable LaunchPlanDocument plan,
            @Nullable DenialReason reason,
            @Nullable String message) {
        static RulingBody of(Ruling ruling) {
            return switch (ruling) {
                case Ruling.Allowed(var _, var rule, var plan, var _, var _) ->
                    new RulingBody("ALLOW", rule, LaunchPlanDocument.of(plan), null, null);
                case Ruling.Denied(var _, var rule, var reason, var message) ->
                    new RulingBody("DENY", rule.orElse(null), null, reason, message);
            };
        }
    }

    /** How a host's result changes; a side is absent where no policy decides. */
    record HostChangeBody(
            String host,
            @Nullable RulingBody from,
            @Nullable RulingBody to) {
        static HostChangeBody of(Change.HostChange change) {
            return new HostChangeBody(
                    change.host(),
                    change.from().map(RulingBody::of).orElse(null),
                    change.to().map(RulingBody::of).orElse(null));
        }
    }

    record ChangeBody(String subject, Change.Kind change, List<HostChangeBody> hosts) {
        static ChangeBody of(Change change) {
            return new ChangeBody(
                    change.subject(),
                    change.kind(),
                    change.hosts().stream().map(HostChangeBody::of).toList());
        }
    }

    record ImpactPage(List<ChangeBody> changes, @Nullable String nextPageToken) {}

    /** A line of a stream: something that changes, how far it is, or at the end what it came to. */
    record Line(
            Kind kind,
            @Nullable ChangeBody change,
            @Nullable Long done,
            @Nullable Long total,
            @Nullable Map<Change.Kind, Long> counts) {
        enum Kind {
            CHANGE,
            PROGRESS,
            SUMMARY
        }

        static Line of(Change change) {
            return new Line(Kind.CHANGE, ChangeBody.of(change), null, null, null);
        }

        static Line progress(long done, long total) {
            return new Line(Kind.PROGRESS, null, done, total, null);
        }

        static Line summary(Map<Change.Kind, Long> counts) {
            return new Line(Kind.SUMMARY, null, null, null, counts);
        }
    }
}
