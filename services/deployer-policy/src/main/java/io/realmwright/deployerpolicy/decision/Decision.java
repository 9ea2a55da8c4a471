package io.realmwright.deployerpolicy.decision;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A decision, kept as it was made.
 *
 * @param selection which policy decided, and why that one
 * @param hosts one result per candidate host, in the order of their names
 * @param basis digest of everything that the result follows from; equal bases, equal results
 */
public record Decision(
        UUID id,
        Instant createdAt,
        DecisionRequest request,
        PolicySelection selection,
        List<HostDecision> hosts,
        String basis) {
    public Decision {
        hosts = List.copyOf(hosts);
    }

    /** What it comes to. */
    public enum Verdict {
        /** The realm may go to at least one of the candidate hosts. */
        ALLOW,
        /** No policy decides about the realm, or it may go to none of the candidate hosts. */
        DENY,
        /** There is no candidate host, so no rule could be asked. */
        NO_HOST
    }

    public Verdict verdict() {
        return switch (selection) {
            case PolicySelection.NoneApplies _ -> Verdict.DENY;
            case PolicySelection.Selected _, PolicySelection.Draft _ when hosts.isEmpty() -> Verdict.NO_HOST;
            case PolicySelection.Selected _, PolicySelection.Draft _ ->
                hosts.stream().anyMatch(HostDecision.Allow.class::isInstance) ? Verdict.ALLOW : Verdict.DENY;
        };
    }

    public Optional<HostDecision> on(String host) {
        return hosts.stream().filter(result -> result.host().equals(host)).findFirst();
    }

    /** Why the realm is denied, in one sentence for its deployer; meaningful if it is. */
    public String denial() {
        return switch (selection) {
            case PolicySelection.NoneApplies(var _, var explanation) -> explanation;
            case PolicySelection.Selected _, PolicySelection.Draft _ ->
                hosts.stream()
                        .filter(HostDecision.Deny.class::isInstance)
                        .map(HostDecision.Deny.class::cast)
                        .map(HostDecision.Deny::message)
                        .distinct()
                        .reduce((first, second) -> first + " " + second)
                        .orElse("The policy allows it.");
        };
    }
}
