package io.realmwright.deployerpolicy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.decision.Evaluation.Verdict;
import io.realmwright.deployerpolicy.decision.RuleEvaluator.Detail;
import io.realmwright.deployerpolicy.decision.RuleTrace.Result;
import io.realmwright.deployerpolicy.decision.RuleTrace.SubexpressionValue;
import io.realmwright.deployerpolicy.decision.cel.CelPolicies;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random policies and inputs: what is explained is what was decided, and both agree with an evaluator that knows no CEL. */
class EvaluationPropertyTest {
    private static final int POLICIES = 80;
    private static final int INPUTS = 25;

    private final CelPolicies evaluator = new CelPolicies();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_122})
    void theTraceSaysWhatTheVerdictSaysAndBothAreRight(long seed) {
        forAll(seed, (random, drawn) -> {
            Facts facts = RandomFacts.draw(random);
            var evaluation = Evaluation.of(drawn.revision(), facts, evaluator, Detail.VALUES);
            String where = drawn + " " + facts;

            assertThat(verdictOf(evaluation.trace(), drawn.revision()))
                    .as(where)
                    .isEqualTo(kindOf(evaluation.verdict()));
            assertThat(kindOf(evaluation.verdict())).as(where).isEqualTo(drawn.deciding(facts));
            assertThat(Evaluation.of(drawn.revision(), facts, evaluator, Detail.RESULT)
                            .verdict())
                    .as(where)
                    .isEqualTo(evaluation.verdict());
        });
    }

    /** A told value is what it was expected to be exactly if its rule matched. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_122})
    void whatWasExpectedIsTrueOfTheValuesOfARuleThatMatchedAndOfNoneOfOneThatDidNot(long seed) {
        forAll(seed, (random, drawn) -> {
            Facts facts = RandomFacts.draw(random);
            for (RuleTrace rule : Evaluation.of(drawn.revision(), facts, evaluator, Detail.VALUES)
                    .trace()) {
                if (rule.result() == Result.MATCHED || rule.result() == Result.NOT_MATCHED) {
                    assertThat(rule.values())
                            .allSatisfy(value -> assertThat(isMet(value))
                                    .as("%s of %s", value, rule.when())
                                    .isIn(Optional.empty(), Optional.of(rule.result() == Result.MATCHED)));
                }
            }
        });
    }

    /** Whether a value is what was expected; empty if nothing was. */
    private static Optional<Boolean> isMet(SubexpressionValue told) {
        if (told.expected() == null) {
            return Optional.empty();
        }
        String[] expected = told.expected().split(" ", 2);
        return Optional.of(
                switch (expected[0]) {
                    case "true", "false" -> told.value().equals(expected[0]);
                    case "==" -> told.value().equals(expected[1]);
                    case "!=" -> !told.value().equals(expected[1]);
                    case ">=" -> Long.parseLong(told.value()) >= Long.parseLong(expected[1]);
                    case "<" -> Long.parseLong(told.value()) < Long.parseLong(expected[1]);
                    default -> throw new AssertionError("no random rule asks for " + told.expected());
                });
    }

    /** What the trace says on its own. */
    private static String verdictOf(List<RuleTrace> trace, PolicyRevision revision) {
        assertThat(trace).hasSameSizeAs(revision.content().rules());
        for (int i = 0; i < trace.size(); i++) {
            Result result = trace.get(i).result();
            if (result != Result.NOT_MATCHED) {
                assertThat(trace.subList(i + 1, trace.size()))
                        .allSatisfy(rule -> assertThat(rule.result()).isEqualTo(Result.NOT_REACHED));
                return result == Result.MATCHED ? "rule-" + i : "failed rule-" + i;
            }
        }
        return "none";
    }

    private static String kindOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Matched(var rule) -> rule.name();
            case Verdict.NoneMatched() -> "none";
            case Verdict.Failed(var rule, var _) -> "failed " + rule.name();
        };
    }

    private interface Claim {
        void check(RandomGenerator random, RandomPolicy drawn);
    }

    private static void forAll(long seed, Claim claim) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int policy = 0; policy < POLICIES; policy++) {
            var drawn = RandomPolicy.draw(random, "seed " + seed + " policy " + policy);
            for (int input = 0; input < INPUTS; input++) {
                claim.check(random, drawn);
            }
        }
    }
}
