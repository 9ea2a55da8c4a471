package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Answer.only;
import static io.realmwright.deployerpolicy.testing.Answer.texts;
import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DecisionApiTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final HostProfile V10 = HostProfile.RMM_1_0_KVM_RME_V10;

    @Test
    void theFirstMatchingRuleDecidesAndTheTraceTellsOfEveryRule() {
        scenario.host("a", V14);
        String policy = scenario.rules(
                "p",
                rule("big", "realm.vcpus > 8", deny("too big")),
                rule("host", "labels.scenario != '' && host.name.endsWith('-a')", allow(HOST_ALL, "ACCEPT")),
                rule("rest", "true", deny("no")));

        JsonNode decision = scenario.decide(policy, spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("ALLOW");
        assertThat(decision.path("selection").path("policy").asString()).isEqualTo(policy);
        assertThat(decision.path("selection").path("selectedBy").asString()).isEqualTo("NAME");
        assertThat(decision.path("selection").path("revision").asInt()).isEqualTo(1);
        JsonNode host = only(decision.path("hosts"));
        assertThat(host.path("rule").asString()).isEqualTo("host");
        assertThat(host.path("plan").path("ripasMode").path("kind").asString()).isEqualTo("HOST_ALL_MEMSLOTS");
        assertThat(texts(host.path("trace"), "result")).containsExactly("NOT_MATCHED", "MATCHED", "NOT_REACHED");
        assertThat(host.path("trace").path(0).path("values")).isEqualTo(Answer.tree("""
                [{"expression":"realm.vcpus > 8","value":"false","expected":"true","line":1,"column":1},
                 {"expression":"realm.vcpus","value":"1","expected":"> 8","line":1,"column":1}]"""));
        assertThat(host.path("flips").valueStream()).contains(Answer.tree("""
                {"field":"spec.vcpus","from":"1","to":"9","rule":"big"}"""));
    }

    @Test
    void everyCandidateHostGetsItsOwnResult() {
        scenario.host("v10", V10);
        scenario.host("v14", V14);
        scenario.host("x", INIT_RIPAS);
        String policy = scenario.rules(
                "p",
                rule("old", "host.rmmVersion == '1.0'", deny("no RMM 1.0 here")),
                rule("explicit", "host.canSetRpv", allow(GUEST_DECLARES, "REJECT")),
                rule("implicit", "true", allow(GUEST_DECLARES, "ACCEPT")));

        JsonNode hosts = scenario.decide(policy, spec("LINUX_EARLY_RSI")).path("hosts");

        assertThat(texts(hosts, "host"))
                .containsExactly(scenario.name("v10"), scenario.name("v14"), scenario.name("x"));
        assertThat(texts(hosts, "verdict")).containsExactly("DENY", "ALLOW", "ALLOW");
        assertThat(hosts.path(0).path("reason").asString()).isEqualTo("DENIED_BY_RULE");
        assertThat(hosts.path(0).path("message").asString()).isEqualTo("no RMM 1.0 here");
        assertThat(hosts.path(1).path("unavailable")).isEqualTo(Answer.tree("[\"MODE_UNAVAILABLE\"]"));
        assertThat(hosts.path(1).has("forecast")).isFalse();
        assertThat(hosts.path(2).path("unavailable")).isEmpty();
        assertThat(hosts.path(2).path("forecast").path("outcome")).isEqualTo(Answer.tree("""
                {"kind":"STALLED","reason":"RIPAS_REJECTED"}"""));
        assertThat(texts(hosts.path(1).path("warnings"), "code"))
                .containsExactly("MODE_UNAVAILABLE", "GRANT_NOT_IN_TOKEN", "RIPAS_NOT_ATTESTED");
        assertThat(texts(hosts.path(2).path("warnings"), "code"))
                .containsExactly("RIPAS_NOT_ATTESTED", "VERDICT_STOPS_GUEST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"slot\":3,\"part\":\"ALL\"} | The realm has no ALL of memslot 3.",
                "{\"slot\":0,\"offset\":\"0x1000\",\"size\":\"0x1000000\"} | The realm has no 0x1000000 bytes at offset 0x1000 of memslot 0.",
                "{\"base\":\"0x90000000\",\"size\":\"0x1000\"} | is not inside the guest_memfd memslots",
                "{\"base\":\"0x8000000000\",\"size\":\"0x1000\"} | is not inside the protected half",
            })
    void rangesThatAreNoneOfThisRealmDenyIt(String range, String message) {
        scenario.host("x", INIT_RIPAS);
        String policy = scenario.policy("p", "{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":[" + range + "]}", "ACCEPT");

        JsonNode decision = scenario.decide(policy, spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("DENY");
        JsonNode host = only(decision.path("hosts"));
        assertThat(host.path("reason").asString()).isEqualTo("RANGES_DO_NOT_FIT");
        assertThat(host.path("message").asString()).contains(message);
    }

    @Test
    void noMatchDenies() {
        scenario.host("a", V14);
        String policy = scenario.rules("p", rule("never", "realm.vcpus == 99", allow(HOST_ALL, "ACCEPT")));

        JsonNode decision = scenario.decide(policy, spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("DENY");
        assertThat(only(decision.path("hosts")).path("reason").asString()).isEqualTo("NO_RULE_MATCHED");
        assertThat(decision.path("denial").asString()).isEqualTo("No rule of policy " + policy + " matches.");
        assertThat(only(decision.path("hosts")).path("flips")).isEqualTo(Answer.tree("""
                [{"field":"spec.vcpus","from":"1","to":"99","rule":"never"}]"""));
    }

    /** The flip is taken at its word: sent back, it is decided the other way. */
    @Test
    void aFlipSentBackTurnsTheVerdict() {
        scenario.host("a", V14);
        String policy = scenario.rules(
                "p",
                rule("many", "realm.vcpus > 4", deny("too many")),
                rule("asked", "labels.ripas == 'host'", allow(HOST_ALL, "ACCEPT")));

        JsonNode denied = client.post("/v1/realms", scenario.realm("r", policy, spec("LINUX")))
                .json();

        assertThat(denied.path("type").asString()).isEqualTo("/problems/denied-by-policy");
        assertThat(only(denied.path("decision").path("hosts")).path("flips")).isEqualTo(Answer.tree("""
                [{"field":"labels.ripas","to":"host","rule":"asked"}]"""));
        JsonNode turned = client.post("/v1/decisions", """
                {"spec":%s,"hostSelector":%s,"policy":"%s","labels":{"ripas":"host"}}""".formatted(spec("LINUX"), scenario.hosts(), policy))
                .json();
        assertThat(turned.path("verdict").asString()).isEqualTo("ALLOW");
        assertThat(only(turned.path("hosts")).path("rule").asString()).isEqualTo("asked");
    }

    @Test
    void aRuleThatCannotBeEvaluatedDenies() {
        scenario.host("a", V14);
        String policy = scenario.rules(
                "p",
                rule("broken", "labels.zone == 'north'", deny("never in the north")),
                rule("rest", "true", allow(HOST_ALL, "ACCEPT")));

        JsonNode host = only(scenario.decide(policy, spec("LINUX")).path("hosts"));

        assertThat(host.path("verdict").asString()).isEqualTo("DENY");
        assertThat(host.path("reason").asString()).isEqualTo("RULE_FAILED");
        assertThat(host.path("message").asString()).contains("key 'zone' is not present in map");
        assertThat(texts(host.path("trace"), "result")).containsExactly("FAILED", "NOT_REACHED");
    }

    @Test
    void aBindingThatAHostCannotGiveMakesItUnavailable() {
        scenario.host("v14", V14);
        scenario.host("x", INIT_RIPAS);
        String policy = scenario.rules("p", rule("bound", "true", """
                {"kind":"ALLOW","ripasMode":{"kind":"HOST_ALL_MEMSLOTS"},"verdict":{"kind":"ACCEPT"},"requireGrantBinding":true}"""));

        JsonNode hosts = scenario.decide(policy, spec("LINUX")).path("hosts");

        assertThat(hosts.path(0).path("unavailable")).isEqualTo(Answer.tree("[\"GRANT_NOT_IN_TOKEN\"]"));
        assertThat(hosts.path(1).path("unavailable")).isEmpty();
    }

    @Test
    void withoutACandidateHostNothingIsDecided() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");

        JsonNode decision = scenario.decide(policy, spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("NO_HOST");
        assertThat(decision.path("hosts")).isEmpty();
    }

    @Test
    void aDecisionIsKeptAsItWasMade() {
        scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        Answer made = client.post("/v1/decisions", scenario.realm("r", policy, spec("LINUX")));
        assertThat(made.status()).isEqualTo(201);

        assertThat(client.get(made.header("Location")).json()).isEqualTo(made.json());
        assertThat(client.get("/v1/decisions/00000000-0000-0000-0000-000000000000")
                        .status())
                .isEqualTo(404);
        assertThat(client.get("/v1/decisions/x").status()).isEqualTo(400);
    }

    @Test
    void aDryRunIsTheSameAndLeavesNothing() {
        scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String uniqueImage = spec("LINUX").replace("\"seed\":7", "\"seed\":" + System.nanoTime());

        Answer dry = client.post("/v1/decisions?dryRun=true", scenario.realm("r", policy, uniqueImage));

        assertThat(dry.status()).isEqualTo(200);
        assertThat(client.get("/v1/decisions/" + dry.json().path("id").asString())
                        .status())
                .isEqualTo(404);
        String digest = dry.json()
                .path("request")
                .path("spec")
                .path("images")
                .path(0)
                .path("digest")
                .asString();
        assertThat(client.get("/v1/images/" + digest).status()).isEqualTo(404);
    }
}
