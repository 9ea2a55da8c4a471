package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;

/** Evaluates rules. There is no other evaluator: what it reports is both the decision's ground and its explanation. */
public interface RuleEvaluator {
    /** Prepares to ask the rules of {@code revision} about these facts. */
    Questions about(PolicyRevision revision, Facts facts, Detail detail);

    /** What the rules of {@code revision} speak of, all of them asked about these facts. */
    Vocabulary vocabulary(PolicyRevision revision, Facts facts);

    /** How much is told of an evaluation. It is the same evaluation either way. */
    enum Detail {
        /** The result, and the values that made it. */
        VALUES,
        /** The result only, for whoever asks many times. */
        RESULT
    }

    /** Asks one rule after the other about the same facts. */
    @FunctionalInterface
    interface Questions {
        /** Its trace, whose result is anything but {@link RuleTrace.Result#NOT_REACHED}. */
        RuleTrace ask(Rule rule);
    }
}
