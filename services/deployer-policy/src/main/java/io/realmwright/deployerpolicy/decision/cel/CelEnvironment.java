package io.realmwright.deployerpolicy.decision.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.deployerpolicy.policy.RuleError;
import java.util.List;

/** Compiles rules against the typed variables {@code realm}, {@code guest}, {@code host} and {@code labels}. */
final class CelEnvironment {
    /** Bounds what one evaluation can cost: two nested loops over the most memslots that a realm may have, and some. */
    private static final int MAX_ITERATIONS = 300_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .populateMacroCalls(true) // so that a trace shows exists() as it was written
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new PolicyTypes())
            .addVar("realm", PolicyTypes.REALM)
            .addVar("guest", PolicyTypes.GUEST)
            .addVar("host", PolicyTypes.HOST)
            .addVar("labels", PolicyTypes.LABELS)
            .build();

    private final CelRuntime runtime =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    /** What is wrong with an expression; empty if it compiles to a bool. */
    List<RuleError> check(String expression, String field) {
        CelValidationResult result = compiler.compile(expression);
        if (result.hasError()) {
            return result.getErrors().stream().map(issue -> error(field, issue)).toList();
        }
        CelType type = tree(result).getResultType();
        return type.equals(SimpleType.BOOL)
                ? List.of()
                : List.of(new RuleError(field, "a rule is a bool, and this expression is " + type.name(), 1, 1));
    }

    private static RuleError error(String field, CelIssue issue) {
        CelSourceLocation at = issue.getSourceLocation();
        return new RuleError(field, issue.getMessage(), Math.max(1, at.getLine()), at.getColumn() + 1);
    }

    /** @throws IllegalStateException if the rule does not compile; no such rule is ever stored */
    CompiledRule compile(Rule rule) {
        CelAbstractSyntaxTree tree = tree(compiler.compile(rule.when()));
        try {
            return new CompiledRule(rule, tree, runtime.createProgram(tree));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("rule " + rule.name() + " has no program", e);
        }
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalStateException("the expression does not compile", e);
        }
    }
}
