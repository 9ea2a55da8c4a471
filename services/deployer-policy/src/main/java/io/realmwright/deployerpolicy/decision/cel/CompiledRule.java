package io.realmwright.deployerpolicy.decision.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.realmwright.deployerpolicy.decision.RuleEvaluator.Detail;
import io.realmwright.deployerpolicy.decision.RuleTrace;
import io.realmwright.deployerpolicy.decision.RuleTrace.Result;
import io.realmwright.deployerpolicy.decision.Vocabulary;
import io.realmwright.deployerpolicy.policy.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A rule ready to be evaluated. Many threads may use it at once. */
final class CompiledRule {
    private final Rule rule;
    private final CelRuntime.Program program;
    private final Explanation explanation;
    private final Vocabulary written;

    CompiledRule(Rule rule, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        this.rule = rule;
        this.program = program;
        this.explanation = new Explanation(tree);
        this.written = Words.of(tree.getExpr());
    }

    /** What the rule writes, and the values that an evaluation came across, such as a sum or another field. */
    Vocabulary vocabulary(Map<String, Object> input) {
        var strings = new HashSet<String>();
        var numbers = new HashSet<Long>();
        try {
            program.trace(input, (expression, value) -> {
                if (expression.exprKind().getKind() == Kind.CONSTANT) {
                    return; // it is written, and may be no more than the key of a label
                }
                if (value instanceof String text) {
                    strings.add(text);
                } else if (value instanceof Long number) {
                    numbers.add(number);
                }
            });
        } catch (CelEvaluationException e) {
            // It came as far as it came.
        }
        return Vocabulary.of(Stream.of(written, new Vocabulary(Set.of(), strings, numbers)));
    }

    RuleTrace evaluate(Map<String, Object> input, Detail detail) {
        var values = new HashMap<Long, Object>();
        try {
            Object result = switch (detail) {
                // The very evaluation that decides reports the value of every sub-expression that it looked at.
                case VALUES -> program.trace(input, (expression, value) -> values.put(expression.id(), value));
                case RESULT -> program.eval(input);
            };
            Result matched = Boolean.TRUE.equals(result) ? Result.MATCHED : Result.NOT_MATCHED;
            return new RuleTrace(rule.name(), rule.when(), matched, null, explanation.of(values));
        } catch (CelEvaluationException e) {
            String error = String.valueOf(e.getMessage());
            return new RuleTrace(rule.name(), rule.when(), Result.FAILED, error, explanation.of(values));
        }
    }
}
