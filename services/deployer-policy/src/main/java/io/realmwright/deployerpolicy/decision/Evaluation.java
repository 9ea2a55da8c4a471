package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;
import java.util.ArrayList;
import java.util.List;

/** The rules of a revision, asked in order about one realm on one host, and what they say. */
record Evaluation(List<RuleTrace> trace, Verdict verdict) {
    /** What the rules say. */
    sealed interface Verdict {
        record Matched(Rule rule) implements Verdict {}

        record NoneMatched() implements Verdict {}

        /** A rule could not be evaluated. What comes after it cannot be trusted to be asked rightly. */
        record Failed(Rule rule, String error) implements Verdict {}
    }

    /** Asks every rule until one decides. */
    static Evaluation of(PolicyRevision revision, Facts facts, RuleEvaluator evaluator, RuleEvaluator.Detail detail) {
        var trace = new ArrayList<RuleTrace>();
        RuleEvaluator.Questions questions = evaluator.about(revision, facts, detail);
        Verdict verdict = new Verdict.NoneMatched();
        for (Rule rule : revision.content().rules()) {
            if (!(verdict instanceof Verdict.NoneMatched)) {
                trace.add(RuleTrace.notReached(rule.name(), rule.when()));
                continue;
            }
            RuleTrace asked = questions.ask(rule);
            trace.add(asked);
            verdict = switch (asked.result()) {
                case MATCHED -> new Verdict.Matched(rule);
                case NOT_MATCHED -> verdict;
                case FAILED -> new Verdict.Failed(rule, String.valueOf(asked.error()));
                case NOT_REACHED -> throw new IllegalStateException("an evaluator reaches the rule that it evaluates");
            };
        }
        return new Evaluation(List.copyOf(trace), verdict);
    }
}
