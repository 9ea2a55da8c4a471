package io.realmwright.deployerpolicy.decision.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A comparison of two operands, so that each can be told what the other asks of it. */
record Comparison(CelExpr left, Operator operator, CelExpr right) {
    /** How it is written, how it is written from the other side, and what is true when it is not. */
    private enum Operator {
        EQUAL("==", "==", "!="),
        NOT_EQUAL("!=", "!=", "=="),
        LESS("<", ">", ">="),
        LESS_OR_EQUAL("<=", ">=", ">"),
        GREATER(">", "<", "<="),
        GREATER_OR_EQUAL(">=", "<=", "<");

        private final String text;
        private final String mirrored;
        private final String negated;

        Operator(String text, String mirrored, String negated) {
            this.text = text;
            this.mirrored = mirrored;
            this.negated = negated;
        }

        private static Optional<Operator> named(String function) {
            return List.of(values()).stream()
                    .filter(operator -> function.equals("_" + operator.text + "_"))
                    .findFirst();
        }

        private Operator written(String other) {
            return named("_" + other + "_").orElseThrow();
        }
    }

    static Optional<Comparison> of(CelExpr call) {
        return Operator.named(call.call().function())
                .map(operator -> new Comparison(
                        call.call().args().getFirst(),
                        operator,
                        call.call().args().getLast()));
    }

    /** What {@code operand} has to be for the comparison to be {@code wanted}, such as {@code > 8}. */
    Optional<String> expected(CelExpr operand, @Nullable Boolean wanted, Map<Long, Object> values) {
        if (wanted == null) {
            return Optional.empty();
        }
        Operator asked = wanted ? operator : operator.written(operator.negated);
        return operand.id() == left.id()
                ? literal(right, values).map(other -> asked.text + " " + other)
                : literal(left, values).map(other -> asked.mirrored + " " + other);
    }

    private static Optional<String> literal(CelExpr expression, Map<Long, Object> values) {
        Object value = values.get(expression.id());
        if (value != null) {
            return Optional.of(Literals.of(value));
        }
        return expression.exprKind().getKind() == Kind.CONSTANT ? literal(expression.constant()) : Optional.empty();
    }

    private static Optional<String> literal(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE -> Optional.of(Literals.of(constant.stringValue()));
            case INT64_VALUE -> Optional.of(Literals.of(constant.int64Value()));
            case BOOLEAN_VALUE -> Optional.of(Literals.of(constant.booleanValue()));
            case DOUBLE_VALUE -> Optional.of(Literals.of(constant.doubleValue()));
            case NOT_SET, NULL_VALUE, UINT64_VALUE, BYTES_VALUE, DURATION_VALUE, TIMESTAMP_VALUE -> Optional.empty();
        };
    }
}
