package io.realmwright.deployerpolicy.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluator saw when it asked one rule.
 *
 * @param error why the rule could not be evaluated, null unless {@code result} is {@link Result#FAILED}
 * @param values the sub-expressions that made the result what it is
 */
public record RuleTrace(
        String rule, String when, Result result, @Nullable String error, List<SubexpressionValue> values) {
    public RuleTrace {
        values = List.copyOf(values);
    }

    static RuleTrace notReached(String rule, String when) {
        return new RuleTrace(rule, when, Result.NOT_REACHED, null, List.of());
    }

    /** What became of a rule. */
    public enum Result {
        MATCHED,
        NOT_MATCHED,
        /** Its evaluation broke off, for example at a label that the realm does not carry. The realm is denied. */
        FAILED,
        /** An earlier rule had already decided. */
        NOT_REACHED
    }

    /**
     * A part of a rule and what it was worth.
     *
     * @param value what it was, as a CEL literal
     * @param expected what the rule asks of it in order to match: a CEL literal, or a comparison such as {@code > 8};
     *     null where both ways lead there
     * @param line of its first character, from 1
     * @param column of its first character, from 1
     */
    public record SubexpressionValue(
            String expression, String value, @Nullable String expected, int line, int column) {}
}
