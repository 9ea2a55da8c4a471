package io.realmwright.deployerpolicy.decision.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.realmwright.deployerpolicy.decision.Vocabulary;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what an expression speaks of. */
final class Words {
    private static final Set<String> VARIABLES = Set.of("realm", "guest", "host", "labels");
    private static final Set<String> MAPS = Set.of("labels", "host.labels");

    private final Set<String> fields = new HashSet<>();
    private final Set<String> strings = new HashSet<>();
    private final Set<Long> numbers = new HashSet<>();

    private Words() {}

    static Vocabulary of(CelExpr expression) {
        var words = new Words();
        words.collect(expression);
        return new Vocabulary(words.fields, words.strings, words.numbers);
    }

    private void collect(CelExpr expression) {
        Optional<String> path = path(expression);
        if (path.isPresent()) {
            fields.add(path.get());
            return;
        }
        switch (expression.exprKind().getKind()) {
            case CONSTANT -> collect(expression.constant());
            case SELECT -> collect(expression.select().operand());
            case CALL -> {
                expression.call().target().ifPresent(this::collect);
                List<CelExpr> args = expression.call().args();
                // "team" in labels speaks of a label, as has(labels.team) does.
                Optional<String> asked = expression.call().function().equals("@in")
                        ? entry(args.getLast(), args.getFirst())
                        : Optional.empty();
                asked.ifPresentOrElse(fields::add, () -> args.forEach(this::collect));
            }
            case LIST -> expression.list().elements().forEach(this::collect);
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    collect(entry.key());
                    collect(entry.value());
                });
            case COMPREHENSION -> {
                var loop = expression.comprehension();
                List.of(loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result())
                        .forEach(this::collect);
            }
            case IDENT, STRUCT, NOT_SET -> {
                // the variable of a loop, or nothing that a rule over these types could hold
            }
        }
    }

    private void collect(CelConstant constant) {
        switch (constant.getKind()) {
            case STRING_VALUE -> strings.add(constant.stringValue());
            case INT64_VALUE -> numbers.add(constant.int64Value());
            case NOT_SET,
                    NULL_VALUE,
                    BOOLEAN_VALUE,
                    UINT64_VALUE,
                    DOUBLE_VALUE,
                    BYTES_VALUE,
                    DURATION_VALUE,
                    TIMESTAMP_VALUE -> {
                // no field has such a value
            }
        }
    }

    /** {@code realm.vcpus}, {@code labels.team} or {@code labels["team"]}; empty if it is anything else. */
    private static Optional<String> path(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case IDENT -> Optional.of(expression.ident().name()).filter(VARIABLES::contains);
            case SELECT ->
                path(expression.select().operand())
                        .map(operand -> operand + "." + expression.select().field());
            case CALL ->
                expression.call().function().equals("_[_]")
                        ? entry(
                                expression.call().args().getFirst(),
                                expression.call().args().getLast())
                        : Optional.empty();
            case CONSTANT, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> Optional.empty();
        };
    }

    private static Optional<String> entry(CelExpr map, CelExpr key) {
        return path(map)
                .filter(MAPS::contains)
                .filter(labels -> key.exprKind().getKind() == Kind.CONSTANT
                        && key.constant().getKind() == CelConstant.Kind.STRING_VALUE)
                .map(labels -> labels + "." + key.constant().stringValue());
    }
}
