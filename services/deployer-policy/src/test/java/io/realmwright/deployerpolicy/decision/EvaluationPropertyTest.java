package io.realmwright.deployerpolicy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.decision.Evaluation.Verdict;
import io.realmwright.deployerpolicy.decision.RuleTrace.Result;
import io.realmwright.deployerpolicy.decision.cel.CelPolicies;
import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random policies and inputs: trace and verdict always agree, and both agree with an evaluator that knows no CEL. */
class EvaluationPropertyTest {
    private static final int POLICIES = 80;
    private static final int INPUTS = 25;

    private final CelPolicies evaluator = new CelPolicies();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_122})
    void theTraceSaysWhatTheVerdictSaysAndBothAreRight(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int policy = 0; policy < POLICIES; policy++) {
            List<RandomRule> drawn = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                drawn.add(RandomRule.draw(random, random.nextInt(4)));
            }
            var revision = revision("seed " + seed + " policy " + policy, drawn);
            assertThat(evaluator.check(revision.content())).isEmpty();
            for (int input = 0; input < INPUTS; input++) {
                Facts facts = facts(random);
                var evaluation = Evaluation.of(revision, facts, evaluator);
                String where = revision.digest() + ": " + facts + " " + drawn;

                assertThat(verdictOf(evaluation.trace(), revision)).as(where).isEqualTo(kindOf(evaluation.verdict()));
                assertThat(kindOf(evaluation.verdict())).as(where).isEqualTo(expected(drawn, facts));
            }
        }
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

    private static String expected(List<RandomRule> rules, Facts facts) {
        for (int i = 0; i < rules.size(); i++) {
            try {
                if (rules.get(i).oracle().test(facts)) {
                    return "rule-" + i;
                }
            } catch (RandomRule.Broken broken) {
                return "failed rule-" + i;
            }
        }
        return "none";
    }

    private static PolicyRevision revision(String name, List<RandomRule> drawn) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            rules.add(new Rule("rule-" + i, drawn.get(i).expression(), new Effect.Deny("no")));
        }
        return new PolicyRevision("p", 1, name, new PolicyContent("", Optional.empty(), rules), Instant.EPOCH, null);
    }

    private static Facts facts(RandomGenerator random) {
        var labels = new HashMap<String, String>();
        for (String label : RandomRule.LABELS) {
            if (random.nextBoolean()) {
                labels.put(label, RandomRule.VALUES[random.nextInt(RandomRule.VALUES.length)]);
            }
        }
        var guest = RandomRule.one(random, GuestProfile.class);
        var profile = RandomRule.one(random, HostProfile.class);
        return SomeFacts.of(SomeFacts.spec(random.nextInt(1, 5), guest), labels, profile);
    }
}
