package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;
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
import org.jspecify.annotations.Nullable;

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
        var evaluation = Evaluation.of(revision, facts, rules);
        return switch (evaluation.verdict()) {
            case Evaluation.Verdict.Matched(var rule) -> matched(host, evaluation.trace(), rule);
            case Evaluation.Verdict.NoneMatched() ->
                deny(
                        host,
                        evaluation.trace(),
                        null,
                        DenialReason.NO_RULE_MATCHED,
                        "No rule of policy " + revision.policy() + " matches.");
            case Evaluation.Verdict.Failed(var rule, var error) ->
                deny(
                        host,
                        evaluation.trace(),
                        rule,
                        DenialReason.RULE_FAILED,
                        "Rule " + rule.name() + " cannot be evaluated: " + error);
        };
    }

    private HostDecision matched(Facts.CandidateHost host, List<RuleTrace> trace, Rule rule) {
        return switch (rule.effect()) {
            case Effect.Deny(var message) -> deny(host, trace, rule, DenialReason.DENIED_BY_RULE, message);
            case Effect.Allow allow ->
                switch (PlanResolver.resolve(allow, request.spec())) {
                    case PlanResolver.Result.DoesNotFit(var misfits) ->
                        deny(
                                host,
                                trace,
                                rule,
                                DenialReason.RANGES_DO_NOT_FIT,
                                "The ranges of rule " + rule.name() + " do not fit the realm: "
                                        + String.join(" ", misfits));
                    case PlanResolver.Result.Resolved(var plan) -> allow(host, trace, rule, allow, plan);
                };
        };
    }

    private HostDecision allow(
            Facts.CandidateHost host, List<RuleTrace> trace, Rule rule, Effect.Allow effect, LaunchPlan plan) {
        Set<Unavailability> unavailable = host.profile()
                .unavailable(
                        effect.requireGrantBinding() ? withRpv(plan) : plan,
                        request.spec().hashAlgorithm());
        Optional<Forecast> forecast = unavailable.isEmpty()
                ? Optional.of(rehearsed.computeIfAbsent(
                        new Part(host.profile(), plan),
                        part -> rehearsal.of(request.spec(), part.plan(), part.profile(), images)))
                : Optional.empty();
        return new HostDecision.Allow(
                host.name(),
                host.profile(),
                trace,
                rule.name(),
                plan,
                effect.requireGrantBinding(),
                effect.attestation(),
                unavailable,
                forecast,
                Warnings.about(host.profile(), plan, unavailable, forecast));
    }

    /** Which RPV it will be is known only with the grant; here it matters that there is one. */
    private static LaunchPlan withRpv(LaunchPlan plan) {
        return new LaunchPlan(plan.mode(), plan.verdict(), plan.measuredContents(), SOME_RPV);
    }

    private static HostDecision deny(
            Facts.CandidateHost host, List<RuleTrace> trace, @Nullable Rule rule, DenialReason reason, String message) {
        return new HostDecision.Deny(
                host.name(), host.profile(), trace, rule == null ? null : rule.name(), reason, message);
    }
}
