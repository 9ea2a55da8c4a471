package io.realmwright.deployerpolicy.decision.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.realmwright.deployerpolicy.decision.RuleEvaluator.Detail;
import io.realmwright.deployerpolicy.decision.RuleTrace;
import io.realmwright.deployerpolicy.decision.RuleTrace.Result;
import io.realmwright.deployerpolicy.decision.RuleTrace.SubexpressionValue;
import io.realmwright.deployerpolicy.decision.SomeFacts;
import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final CelPolicies policies = new CelPolicies();

    @Test
    void aFalseConjunctionIsExplainedByItsFalseSideOnly() {
        var trace = ask("realm.vcpus == 2 && labels.ripas == 'host'", Map.of("ripas", "guest"));

        assertThat(trace.result()).isEqualTo(Result.NOT_MATCHED);
        assertThat(trace.values())
                .containsExactly(
                        new SubexpressionValue("labels.ripas == \"host\"", "false", "true", 1, 21),
                        new SubexpressionValue("labels.ripas", "\"guest\"", "== \"host\"", 1, 21));
    }

    @Test
    void aTrueConjunctionIsExplainedByBothSides() {
        var trace = ask("realm.vcpus == 2 && labels.ripas == 'host'", Map.of("ripas", "host"));

        assertThat(trace.result()).isEqualTo(Result.MATCHED);
        assertThat(trace.values())
                .extracting(SubexpressionValue::expression)
                .containsExactly("realm.vcpus == 2", "realm.vcpus", "labels.ripas == \"host\"", "labels.ripas");
    }

    @Test
    void aTrueDisjunctionIsExplainedByItsTrueSideOnly() {
        var trace = ask("has(labels.ripas) || realm.vcpus == 2", Map.of());

        assertThat(trace.values())
                .extracting(SubexpressionValue::expression, SubexpressionValue::value)
                .containsExactly(tuple("realm.vcpus == 2", "true"), tuple("realm.vcpus", "2"));
    }

    @Test
    void aChoiceIsExplainedByItsConditionAndTheBranchTaken() {
        var trace = ask("host.canSetRpv ? realm.vcpus == 1 : guest.profile == 'LINUX'", Map.of());

        assertThat(trace.result()).isEqualTo(Result.MATCHED);
        assertThat(trace.values())
                .extracting(SubexpressionValue::expression, SubexpressionValue::value)
                .containsExactly(
                        tuple("host.canSetRpv", "false"),
                        tuple("guest.profile == \"LINUX\"", "true"),
                        tuple("guest.profile", "\"LINUX\""));
    }

    @Test
    void aLoopIsShownAsItWasWritten() {
        var trace = ask("realm.memslots.all(slot, slot.guestMemfd)", Map.of());

        assertThat(trace.result()).isEqualTo(Result.NOT_MATCHED);
        assertThat(trace.values())
                .containsExactly(
                        new SubexpressionValue("realm.memslots.all(slot, slot.guestMemfd)", "false", "true", 1, 1));
    }

    @Test
    void anExpressionOverSeveralLinesHasItsPlaces() {
        var trace = ask("realm.vcpus == 2 &&\n  !(guest.profile == 'LINUX')", Map.of());

        assertThat(trace.values())
                .containsExactly(
                        new SubexpressionValue("guest.profile == \"LINUX\"", "true", "false", 2, 5),
                        new SubexpressionValue("guest.profile", "\"LINUX\"", "!= \"LINUX\"", 2, 5));
    }

    @Test
    void aMissingLabelFailsTheRuleAndIsNamed() {
        var trace = ask("labels.ripas == 'host'", Map.of());

        assertThat(trace.result()).isEqualTo(Result.FAILED);
        assertThat(trace.error()).contains("key 'ripas' is not present in map");
    }

    @Test
    void eachOperandIsToldWhatTheOtherAsksOfIt() {
        var trace = ask("8 < realm.vcpus || realm.memoryBytes / 2 >= 0x10000000 * realm.vcpus", Map.of());

        assertThat(trace.result()).isEqualTo(Result.NOT_MATCHED);
        assertThat(trace.values())
                .extracting(SubexpressionValue::expression, SubexpressionValue::value, SubexpressionValue::expected)
                .containsExactlyInAnyOrder(
                        tuple("8 < realm.vcpus", "false", "true"),
                        tuple("realm.vcpus", "2", "> 8"),
                        tuple("realm.memoryBytes / 2 >= 268435456 * realm.vcpus", "false", "true"),
                        tuple("realm.memoryBytes / 2", "134217728", ">= 536870912"),
                        tuple("268435456 * realm.vcpus", "536870912", "<= 134217728"),
                        tuple("realm.memoryBytes", "268435456", null),
                        tuple("realm.vcpus", "2", null));
    }

    @Test
    void ofAChoiceTheConditionMayBeEitherWay() {
        var trace = ask("host.canSetRpv ? realm.vcpus == 1 : guest.profile == 'UNAWARE'", Map.of());

        assertThat(trace.values())
                .extracting(SubexpressionValue::expression, SubexpressionValue::expected)
                .containsExactly(
                        tuple("host.canSetRpv", null),
                        tuple("guest.profile == \"UNAWARE\"", "true"),
                        tuple("guest.profile", "== \"UNAWARE\""));
    }

    @Test
    void aLongValueIsCutOff() {
        var trace = ask("labels.a == 'x'", Map.of("a", "y".repeat(255)));

        assertThat(trace.values().getLast().value()).hasSize(201).endsWith("…");
    }

    private RuleTrace ask(String expression, Map<String, String> labels) {
        var rule = new Rule("r", expression, new Effect.Deny("no"));
        var content = new PolicyContent("", Optional.empty(), List.of(rule));
        assertThat(policies.check(content)).isEmpty();
        var revision = new PolicyRevision("p", 1, expression, content, "somebody", Instant.EPOCH, null);
        return policies.about(revision, SomeFacts.labelled(labels), Detail.VALUES)
                .ask(rule);
    }
}
