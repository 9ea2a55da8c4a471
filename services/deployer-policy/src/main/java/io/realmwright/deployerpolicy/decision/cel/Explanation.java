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
import java.util.stream.Stream;

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

    Explanation(CelAbstractSyntaxTree tree) {
        this.root = tree.getExpr();
        this.source = tree.getSource();
        this.places = new LinkedHashMap<>();
        CelUnparser unparser = CelUnparserFactory.newUnparser();
        reported(root).forEach(expression -> places.put(expression.id(), place(expression, unparser)));
    }

    /** @param values what the evaluator reported, by expression id */
    List<SubexpressionValue> of(Map<Long, Object> values) {
        var told = new LinkedHashMap<String, SubexpressionValue>();
        decisive(root, values).forEach(expression -> {
            Place place = places.get(expression.id());
            Object value = values.get(expression.id());
            if (place != null && value != null) {
                told.putIfAbsent(
                        place.text(),
                        new SubexpressionValue(place.text(), Literals.of(value), place.line(), place.column()));
            }
        });
        return told.values().stream()
                .sorted(Comparator.comparingInt(SubexpressionValue::line).thenComparingInt(SubexpressionValue::column))
                .toList();
    }

    private Stream<CelExpr> decisive(CelExpr expression, Map<Long, Object> values) {
        if (expression.exprKind().getKind() != Kind.CALL) {
            return Stream.of(expression);
        }
        List<CelExpr> args = expression.call().args();
        return switch (expression.call().function()) {
            case "_&&_", "_||_" -> {
                Object whole = values.get(expression.id());
                // A false && is the doing of its false sides only; a true one needs both. For || the other way round.
                yield args.stream()
                        .filter(side -> whole == null || whole.equals(values.get(side.id())))
                        .flatMap(side -> decisive(side, values));
            }
            case "!_" -> decisive(args.getFirst(), values);
            case "_?_:_" ->
                Stream.concat(
                        decisive(args.getFirst(), values),
                        args.stream()
                                .skip(1)
                                .filter(branch -> values.containsKey(branch.id()))
                                .flatMap(branch -> decisive(branch, values)));
            default -> Stream.concat(Stream.of(expression), operands(expression));
        };
    }

    /** Everything below a call that has a value worth telling. */
    private static Stream<CelExpr> operands(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case CALL ->
                Stream.concat(expression.call().target().stream(), expression.call().args().stream())
                        .flatMap(operand -> Stream.concat(told(operand), operands(operand)));
            default -> Stream.empty();
        };
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
