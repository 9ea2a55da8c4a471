package io.realmwright.deployerpolicy.impact;

import io.realmwright.deployerpolicy.decision.Judging.Judgement;
import io.realmwright.deployerpolicy.decision.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What becomes of one realm or request.
 *
 * @param hosts the hosts on which it is decided otherwise, in the order of their names
 */
public record Change(String key, String subject, Kind kind, List<HostChange> hosts) {
    public Change {
        hosts = List.copyOf(hosts);
    }

    /** What it comes to, over all candidate hosts. */
    public enum Kind {
        UNCHANGED,
        /** It is decided otherwise on some host, and neither allowed nor denied for the first time. */
        CHANGED,
        /** It was allowed on some host and would be on none. */
        NEWLY_DENIED,
        /** It was allowed on no host and would be on some. */
        NEWLY_ALLOWED
    }

    /** A host on which it is decided otherwise; a side is empty where no policy decides. */
    public record HostChange(String host, Optional<Ruling> from, Optional<Ruling> to) {}

    static Change unchanged(Asked asked) {
        return new Change(asked.key(), asked.subject(), Kind.UNCHANGED, List.of());
    }

    static Change between(Asked asked, Judgement before, Judgement after) {
        var names = new TreeSet<>(before.byHost().keySet());
        names.addAll(after.byHost().keySet());
        var changes = new ArrayList<HostChange>();
        for (String host : names) {
            Optional<Ruling> from = Optional.ofNullable(before.byHost().get(host));
            Optional<Ruling> to = Optional.ofNullable(after.byHost().get(host));
            if (!from.map(Outcome::of).equals(to.map(Outcome::of))) {
                changes.add(new HostChange(host, from, to));
            }
        }
        return new Change(asked.key(), asked.subject(), kind(before, after, changes), changes);
    }

    private static Kind kind(Judgement before, Judgement after, List<HostChange> changes) {
        boolean was = allows(before);
        boolean willBe = allows(after);
        if (was && !willBe) {
            return Kind.NEWLY_DENIED;
        }
        if (!was && willBe) {
            return Kind.NEWLY_ALLOWED;
        }
        return changes.isEmpty() ? Kind.UNCHANGED : Kind.CHANGED;
    }

    private static boolean allows(Judgement judgement) {
        return judgement.byHost().values().stream().anyMatch(Ruling::allows);
    }

    /** What makes two rulings the same for the realm: which revision it comes from does not. */
    private record Outcome(boolean allowed, Optional<String> rule, Object how) {
        static Outcome of(Ruling ruling) {
            return switch (ruling) {
                case Ruling.Allowed(var _, var rule, var plan, var binding, var attestation) ->
                    new Outcome(true, Optional.of(rule), List.of(plan, binding, attestation));
                case Ruling.Denied(var _, var rule, var reason, var message) ->
                    new Outcome(false, rule, List.of(reason, message));
            };
        }
    }
}
