package io.realmwright.deployerpolicy.decision.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import io.realmwright.deployerpolicy.decision.RuleTrace.SubexpressionValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picks from the values of an evaluation those that made the result: of {@code a && b} that is false, the false side; of
 * {@code a || b} that is true, the true side; of a comparison, what was compared.
 */
final class Explanation {
    private final CelExpr root;
    private final CelSource source;
    private final Map<Long, Place> places;

    /** An expression as text, and where it begins. */
    private record Place(String text, int line, int column) {}

    /** A sub-expression that mattered, and what the rule asks of it. */
    private record Part(CelExpr expression, @Nullable String expected) {
        static Part of(CelExpr expression, @Nullable Boolean wanted) {
            return new Part(expression, wanted == null ? null : wanted.toString());
        }
    }

    Explanation(CelAbstractSyntaxTree tree) {
        this.root = tree.getExpr();
        this.source = tree.getSource();
        this.places = new LinkedHashMap<>();
        CelUnparser unparser = CelUnparserFactory.newUnparser();
        reported(root).forEach(expression -> places.put(expression.id(), place(expression, unparser)));
    }

    /** @param values what the evaluator reported, by expression id */
    List<SubexpressionValue> of(Map<Long, Object> values) {
        var told = new LinkedHashMap<Told, SubexpressionValue>();
        decisive(root, true, values).forEach(part -> {
            Place place = places.get(part.expression().id());
            Object value = values.get(part.expression().id());
            if (place != null && value != null) {
                told.putIfAbsent(
                        new Told(place.text(), part.expected()),
                        new SubexpressionValue(
                                place.text(), Literals.of(value), part.expected(), place.line(), place.column()));
            }
        });
        return told.values().stream()
                .sorted(Comparator.comparingInt(SubexpressionValue::line).thenComparingInt(SubexpressionValue::column))
                .toList();
    }

    /** The same text may be told twice only where different things are asked of it. */
    private record Told(String text, @Nullable String expected) {}

    /** @param wanted what the expression has to be for the rule to match, null if both ways lead there */
    private Stream<Part> decisive(CelExpr expression, @Nullable Boolean wanted, Map<Long, Object> values) {
        if (expression.exprKind().getKind() != Kind.CALL) {
            return Stream.of(Part.of(expression, wanted));
        }
        List<CelExpr> args = expression.call().args();
        return switch (expression.call().function()) {
            case "_&&_", "_||_" -> {
                Object whole = values.get(expression.id());
                // A false && is the doing of its false sides only; a true one needs both. For || the other way round.
                yield args.stream()
                        .filter(side -> whole == null || whole.equals(values.get(side.id())))
                        .flatMap(side -> decisive(side, wanted, values));
            }
            case "!_" -> decisive(args.getFirst(), wanted == null ? null : !wanted, values);
            case "_?_:_" ->
                Stream.concat(
                        decisive(args.getFirst(), null, values),
                        args.stream()
                                .skip(1)
                                .filter(branch -> values.containsKey(branch.id()))
                                .flatMap(branch -> decisive(branch, wanted, values)));
            default -> Stream.concat(Stream.of(Part.of(expression, wanted)), operands(expression, wanted, values));
        };
    }

    /** Everything below a call that has a value worth telling; of a comparison, with what it was held against. */
    private static Stream<Part> operands(CelExpr expression, @Nullable Boolean wanted, Map<Long, Object> values) {
        if (expression.exprKind().getKind() != Kind.CALL) {
            return Stream.empty();
        }
        Optional<Comparison> comparison = Comparison.of(expression);
        return Stream.concat(expression.call().target().stream(), expression.call().args().stream())
                .flatMap(operand -> Stream.concat(
                        told(operand)
                                .map(part -> new Part(
                                        part,
                                        comparison
                                                .flatMap(found -> found.expected(part, wanted, values))
                                                .orElse(null))),
                        operands(operand, null, values)));
    }

    private static Stream<CelExpr> told(CelExpr operand) {
        return switch (operand.exprKind().getKind()) {
            case CONSTANT, LIST, MAP, STRUCT, NOT_SET -> Stream.empty();
            case IDENT, SELECT, CALL, COMPREHENSION -> Stream.of(operand);
        };
    }

    /** Every expression that any evaluation could tell about. */
    private static Stream<CelExpr> reported(CelExpr expression) {
        if (expression.exprKind().getKind() != Kind.CALL) {
            return Stream.of(expression);
        }
        return Stream.concat(
                Stream.of(expression),
                Stream.concat(expression.call().target().stream(), expression.call().args().stream())
                        .flatMap(Explanation::reported));
    }

    private Place place(CelExpr expression, CelUnparser unparser) {
        String text = unparser.unparse(CelAbstractSyntaxTree.newParsedAst(expression, source));
        var positions = new ArrayList<Integer>();
        collectPositions(expression, positions);
        int offset = positions.stream().min(Comparator.naturalOrder()).orElse(0);
        CelSourceLocation start = source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
        return new Place(text, start.getLine(), start.getColumn() + 1);
    }

    private void collectPositions(CelExpr expression, List<Integer> positions) {
        Integer own = source.getPositionsMap().get(expression.id());
        if (own != null) {
            positions.add(own);
        }
        switch (expression.exprKind().getKind()) {
            case CALL -> {
                expression.call().target().ifPresent(target -> collectPositions(target, positions));
                expression.call().args().forEach(arg -> collectPositions(arg, positions));
            }
            case SELECT -> collectPositions(expression.select().operand(), positions);
            case COMPREHENSION -> collectPositions(expression.comprehension().iterRange(), positions);
            case CONSTANT, IDENT, LIST, MAP, STRUCT, NOT_SET -> {
                // these begin where they are
            }
        }
    }
}
