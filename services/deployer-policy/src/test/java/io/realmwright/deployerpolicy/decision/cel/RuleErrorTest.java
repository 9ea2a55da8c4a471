package io.realmwright.deployerpolicy.decision.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.deployerpolicy.policy.RuleError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleErrorTest {
    private final CelPolicies policies = new CelPolicies();

    @ParameterizedTest(name = "{0} is wrong at {1}:{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "realm.vcpu == 1                        | 1 | 6  | undefined field 'vcpu'",
                "realm.vcpus == \"x\"                   | 1 | 13 | found no matching overload for '_==_'",
                "realm.vcpus ==                         | 1 | 15 | mismatched input '<EOF>'",
                "realm.memslots.exists(m, m.sze > 1)    | 1 | 27 | undefined field 'sze'",
                "tenant == 1                            | 1 | 1  | undeclared reference to 'tenant'",
                "host.labels.a == 1                     | 1 | 15 | found no matching overload",
                "labels.a == 'b' && guest.name == 'x'   | 1 | 25 | undefined field 'name'"
            })
    void aMistakeIsNamedWithItsPlace(String expression, int line, int column, String message) {
        List<RuleError> errors = check(expression.replace("\\\"", "\""));

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().field()).isEqualTo("rules[0].when");
        assertThat(errors.getFirst().line()).isEqualTo(line);
        assertThat(errors.getFirst().column()).isEqualTo(column);
        assertThat(errors.getFirst().message()).contains(message);
    }

    @Test
    void aMistakeInALaterLineIsNamedThere() {
        assertThat(check("realm.vcpus > 1 &&\n  realm.cpus < 8"))
                .containsExactly(new RuleError("rules[0].when", "undefined field 'cpus'", 2, 8));
    }

    @Test
    void everyMistakeOfEveryRuleIsNamed() {
        assertThat(check("realm.a == 1 || realm.b == 2", "true", "realm.c == 3"))
                .extracting(RuleError::field, RuleError::message, RuleError::column)
                .containsExactly(
                        tuple("rules[0].when", "undefined field 'a'", 6),
                        tuple("rules[0].when", "undefined field 'b'", 22),
                        tuple("rules[2].when", "undefined field 'c'", 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"realm.vcpus", "labels", "'x'", "realm.memslots.map(m, m.size)"})
    void aRuleThatIsNoBoolIsRefused(String expression) {
        assertThat(check(expression))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.message()).startsWith("a rule is a bool, and this expression is "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "realm.name.startsWith('web-') && realm.vcpus <= 4 && realm.ipaBits == 40",
                "realm.hashAlgorithm == 'SHA_512' && realm.memoryBytes <= 0x40000000",
                "realm.memslots.all(m, m.guestMemfd && m.base >= 0x80000000 && m.size < 1024*1024*1024)",
                "realm.images.exists(i, i.digest.startsWith('00') && i.ipa == 0 && !i.measured)",
                "guest.kind == 'PROFILE' && guest.profile in ['LINUX', 'UNAWARE']",
                "guest.kind == 'PROGRAM' && guest.steps.exists_one(s, s == 'DECLARE_RAM')",
                "host.name != host.machine && host.profile.matches('rmm-2.*') && host.rmmVersion == '2.0'",
                "host.canSetRpv && host.dramBytes > 0 && has(host.labels.zone)",
                "has(labels.ripas) ? labels.ripas == 'host' : 'a/b' in labels"
            })
    void everyFieldOfTheEnvironmentCanBeUsed(String expression) {
        assertThat(check(expression)).isEmpty();
    }

    private List<RuleError> check(String... expressions) {
        List<Rule> rules = Stream.of(expressions)
                .map(expression -> new Rule("r", expression, new Effect.Deny("no")))
                .toList();
        return policies.check(new PolicyContent("", Optional.empty(), rules));
    }
}
