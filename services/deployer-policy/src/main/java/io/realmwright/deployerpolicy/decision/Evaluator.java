package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.PersonalizationValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides about one realm, host after host. Hosts that are alike share a rehearsal. */
final class Evaluator {
    private static final PersonalizationValue SOME_RPV =
            new PersonalizationValue("01".repeat(PersonalizationValue.SIZE_BYTES));

    private final PolicyRevision revision;
    private final DecisionRequest request;
    private final ImageStore images;
    private final RuleEvaluator rules;
    private final Rehearsal rehearsal;
    private final Map<Part, Forecast> rehearsed = new HashMap<>();

    /** What a rehearsal depends on beside the realm. */
    private record Part(HostProfile profile, LaunchPlan plan) {}

    Evaluator(
            PolicyRevision revision,
            DecisionRequest request,
            ImageStore images,
            RuleEvaluator rules,
            Rehearsal rehearsal) {
        this.revision = revision;
        this.request = request;
        this.images = images;
        this.rules = rules;
        this.rehearsal = rehearsal;
    }

    HostDecision decide(Facts.CandidateHost host) {
        var facts = new Facts(request.realmName(), request.spec(), request.labels(), host);
        Ruling ruling = Ruling.of(revision, facts, rules, RuleEvaluator.Detail.VALUES);
        List<Flip> flips = new Flips(revision, facts, rules, images).of(ruling);
        return switch (ruling) {
            case Ruling.Allowed allowed -> allow(host, allowed, flips);
            case Ruling.Denied(var trace, var rule, var reason, var message) ->
                new HostDecision.Deny(host.name(), host.profile(), trace, flips, rule.orElse(null), reason, message);
        };
    }

    private HostDecision allow(Facts.CandidateHost host, Ruling.Allowed allowed, List<Flip> flips) {
        LaunchPlan plan = allowed.plan();
        Set<Unavailability> unavailable = host.profile()
                .unavailable(
                        allowed.requireGrantBinding() ? withRpv(plan) : plan,
                        request.spec().hashAlgorithm());
        Optional<Forecast> forecast = unavailable.isEmpty()
                ? Optional.of(rehearsed.computeIfAbsent(
                        new Part(host.profile(), plan),
                        part -> rehearsal.of(request.spec(), part.plan(), part.profile(), images)))
                : Optional.empty();
        return new HostDecision.Allow(
                host.name(),
                host.profile(),
                allowed.trace(),
                flips,
                allowed.rule(),
                plan,
                allowed.requireGrantBinding(),
                allowed.attestation(),
                unavailable,
                forecast,
                Warnings.about(host.profile(), plan, unavailable, forecast));
    }

    /** Which RPV it will be is known only with the grant; here it matters that there is one. */
    private static LaunchPlan withRpv(LaunchPlan plan) {
        return new LaunchPlan(plan.mode(), plan.verdict(), plan.measuredContents(), SOME_RPV);
    }
}
