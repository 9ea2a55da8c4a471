package io.realmwright.deployerpolicy.decision.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.realmwright.deployerpolicy.decision.RuleTrace;
import io.realmwright.deployerpolicy.decision.RuleTrace.Result;
import io.realmwright.deployerpolicy.policy.Rule;
import java.util.HashMap;
import java.util.Map;

/** A rule ready to be evaluated. Many threads may use it at once. */
final class CompiledRule {
    private final Rule rule;
    private final CelRuntime.Program program;
    private final Explanation explanation;

    CompiledRule(Rule rule, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        this.rule = rule;
        this.program = program;
        this.explanation = new Explanation(tree);
    }

    RuleTrace evaluate(Map<String, Object> input) {
        var values = new HashMap<Long, Object>();
        try {
            // The very evaluation that decides reports the value of every sub-expression that it looked at.
            Object result = program.trace(input, (expression, value) -> values.put(expression.id(), value));
            Result matched = Boolean.TRUE.equals(result) ? Result.MATCHED : Result.NOT_MATCHED;
            return new RuleTrace(rule.name(), rule.when(), matched, null, explanation.of(values));
        } catch (CelEvaluationException e) {
            String error = String.valueOf(e.getMessage());
            return new RuleTrace(rule.name(), rule.when(), Result.FAILED, error, explanation.of(values));
        }
    }
}
