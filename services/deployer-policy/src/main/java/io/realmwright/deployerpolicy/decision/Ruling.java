package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.AttestationDuty;
import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import java.util.Optional;

/** What a policy says about a realm on one host, before anybody looks whether the host can do it and what comes of it. */
public sealed interface Ruling {
    List<RuleTrace> trace();

    /** The rule that decided; empty if none did. */
    Optional<String> deciding();

    /** The realm may be launched there, like this. */
    record Allowed(
            List<RuleTrace> trace,
            String rule,
            LaunchPlan plan,
            boolean requireGrantBinding,
            Optional<AttestationDuty> attestation)
            implements Ruling {
        @Override
        public Optional<String> deciding() {
            return Optional.of(rule);
        }
    }

    /**
     * The realm may not be launched there.
     *
     * @param deciding the rule that denied or failed, empty if none matched
     */
    record Denied(List<RuleTrace> trace, Optional<String> deciding, DenialReason reason, String message)
            implements Ruling {}

    default boolean allows() {
        return this instanceof Allowed;
    }

    /** Asks the rules. Every ruling, real, imagined or rehearsed, is made here. */
    static Ruling of(PolicyRevision revision, Facts facts, RuleEvaluator rules, RuleEvaluator.Detail detail) {
        var evaluation = Evaluation.of(revision, facts, rules, detail);
        List<RuleTrace> trace = evaluation.trace();
        return switch (evaluation.verdict()) {
            case Evaluation.Verdict.Matched(var rule) -> matched(trace, rule, facts.spec());
            case Evaluation.Verdict.NoneMatched() ->
                new Denied(
                        trace,
                        Optional.empty(),
                        DenialReason.NO_RULE_MATCHED,
                        "No rule of policy " + revision.policy() + " matches.");
            case Evaluation.Verdict.Failed(var rule, var error) ->
                new Denied(
                        trace,
                        Optional.of(rule.name()),
                        DenialReason.RULE_FAILED,
                        "Rule " + rule.name() + " cannot be evaluated: " + error);
        };
    }

    private static Ruling matched(List<RuleTrace> trace, Rule rule, RealmSpec spec) {
        return switch (rule.effect()) {
            case Effect.Deny(var message) ->
                new Denied(trace, Optional.of(rule.name()), DenialReason.DENIED_BY_RULE, message);
            case Effect.Allow allow ->
                switch (PlanResolver.resolve(allow, spec)) {
                    case PlanResolver.Result.Resolved(var plan) ->
                        new Allowed(trace, rule.name(), plan, allow.requireGrantBinding(), allow.attestation());
                    case PlanResolver.Result.DoesNotFit(var misfits) ->
                        new Denied(
                                trace,
                                Optional.of(rule.name()),
                                DenialReason.RANGES_DO_NOT_FIT,
                                "The ranges of rule " + rule.name() + " do not fit the realm: "
                                        + String.join(" ", misfits));
                };
        };
    }
}
