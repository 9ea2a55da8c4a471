package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;

/** Evaluates rules. There is no other evaluator: what it reports is both the decision's ground and its explanation. */
public interface RuleEvaluator {
    /** Prepares to ask the rules of {@code revision} about these facts. */
    Questions about(PolicyRevision revision, Facts facts);

    /** Asks one rule after the other about the same facts. */
    @FunctionalInterface
    interface Questions {
        /** Its trace, whose result is anything but {@link RuleTrace.Result#NOT_REACHED}. */
        RuleTrace ask(Rule rule);
    }
}
