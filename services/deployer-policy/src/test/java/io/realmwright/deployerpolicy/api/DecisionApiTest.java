package io.realmwright.deployerpolicy.api;

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
import java.util.List;
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

        JsonNode decision = decide(policy, spec("LINUX"));

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

        JsonNode hosts = decide(policy, spec("LINUX_EARLY_RSI")).path("hosts");

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

    @ParameterizedTest(name = "{0} {1} {2} on init-ripas: {3}")
    @CsvSource({
        "HOST_ALL_MEMSLOTS, ACCEPT,   LINUX,           BOOTED",
        "HOST_ALL_MEMSLOTS, REJECT,   LINUX,           STALLED",
        "HOST_ALL_MEMSLOTS, WITHHOLD, EDK2_LINUX,      STALLED",
        "GUEST_DECLARES,    ACCEPT,   LINUX_EARLY_RSI, BOOTED",
        "GUEST_DECLARES,    ACCEPT,   LINUX,           FAULTED",
        "GUEST_DECLARES,    REJECT,   UNAWARE,         FAULTED",
    })
    void theForecastIsTheOutcomeOfARehearsal(String mode, String verdict, String guest, String outcome) {
        scenario.host("x", INIT_RIPAS);
        String policy = scenario.policy("p", "{\"kind\":\"" + mode + "\"}", verdict);

        JsonNode host = only(decide(policy, spec(guest)).path("hosts"));

        JsonNode forecast = host.path("forecast");
        assertThat(forecast.path("kind").asString()).isEqualTo("RAN");
        assertThat(forecast.path("outcome").path("kind").asString()).isEqualTo(outcome);
        assertThat(forecast.path("rim").asString()).hasSize(64);
        assertThat(forecast.path("rmiCalls").path("RMI_RTT_DATA_MAP_INIT").asInt())
                .isGreaterThanOrEqualTo(16);
        assertThat(forecast.path("granules").asLong()).isGreaterThan(16);
        List<String> warnings = texts(host.path("warnings"), "code");
        assertThat(warnings.contains("GUEST_WILL_FAULT")).isEqualTo(outcome.equals("FAULTED"));
        assertThat(warnings.contains("VERDICT_STOPS_GUEST")).isEqualTo(outcome.equals("STALLED"));
    }

    @ParameterizedTest(name = "{0} {1} {2} on RMM 1.0: {3}")
    @CsvSource({
        "HOST_ALL_MEMSLOTS, ACCEPT,   LINUX,           BOOTED,  true",
        "HOST_ALL_MEMSLOTS, WITHHOLD, EDK2_LINUX,      STALLED, true",
        "GUEST_DECLARES,    ACCEPT,   LINUX_EARLY_RSI, BOOTED,  false",
        "GUEST_DECLARES,    ACCEPT,   LINUX,           FAULTED, false",
    })
    void aRehearsalOnRmm1_0MakesTheCallsOfItsOwnKernel(
            String mode, String verdict, String guest, String outcome, boolean declared) {
        scenario.host("v10", V10);
        String policy = scenario.policy("p", "{\"kind\":\"" + mode + "\"}", verdict);

        JsonNode host = only(decide(policy, spec(guest)).path("hosts"));

        assertThat(host.path("unavailable")).isEmpty();
        JsonNode forecast = host.path("forecast");
        assertThat(forecast.path("outcome").path("kind").asString()).isEqualTo(outcome);
        assertThat(forecast.path("rmiCalls").path("RMI_DATA_CREATE").asInt()).isGreaterThanOrEqualTo(16);
        assertThat(forecast.path("rmiCalls").has("RMI_RTT_INIT_RIPAS")).isEqualTo(declared);
        assertThat(texts(host.path("warnings"), "code")).doesNotContain("RIPAS_NOT_ATTESTED", "GRANT_NOT_IN_TOKEN");
    }

    @Test
    void onRmm1_0TheForecastRimDependsOnWhoDeclaresTheMemory() {
        scenario.host("v10", V10);
        String byHost = scenario.policy("host", HOST_ALL, "ACCEPT");
        String byGuest = scenario.policy("guest", GUEST_DECLARES, "ACCEPT");

        assertThat(rim(decide(byGuest, spec("LINUX_EARLY_RSI"))))
                .isNotEqualTo(rim(decide(byHost, spec("LINUX_EARLY_RSI"))));
    }

    @Test
    void aChangedByteOfAMeasuredImageChangesTheForecastRim() {
        scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");

        String rim = rim(decide(policy, spec("LINUX")));

        assertThat(rim(decide(policy, spec("LINUX")))).isEqualTo(rim);
        assertThat(rim(decide(policy, spec("LINUX").replace("\"seed\":7", "\"seed\":8"))))
                .isNotEqualTo(rim);
    }

    @Test
    void rangesAreResolvedAgainstTheRealmsMemslots() {
        scenario.host("x", INIT_RIPAS);
        String mode = """
                {"kind":"DEPLOYER_RANGES","ranges":[{"slot":0,"part":"LOW_HALF"},{"slot":0,"offset":"0xfff000","size":"0x1000"}]}""";
        String policy = scenario.policy("p", mode, "ACCEPT");

        JsonNode host = only(decide(policy, spec("LINUX")).path("hosts"));

        assertThat(host.path("plan").path("ripasMode")).isEqualTo(Answer.tree("""
                {"kind":"DEPLOYER_RANGES","ranges":[
                  {"base":"0x80000000","size":"0x800000"},{"base":"0x80fff000","size":"0x1000"}]}"""));
        assertThat(host.path("forecast").path("outcome").path("kind").asString())
                .as("the first page table is in the last granule, which is declared")
                .isEqualTo("BOOTED");
    }

    /** On RMM 1.0 the UABI takes a range that crosses memslots whole, on init-ripas the VMM splits it there. */
    @Test
    void aForecastTellsThePlanRangeByRangeTablesAndWhatItDoesNotCheck() {
        scenario.host("v10", V10);
        scenario.host("x", INIT_RIPAS);
        String spec = spec("LINUX")
                .replace(
                        "[{\"base\":\"0x80000000\",\"size\":\"0x1000000\"}]",
                        "[{\"base\":\"0x80000000\",\"size\":\"0x800000\"},{\"base\":\"0x80800000\",\"size\":\"0x800000\"}]");
        String policy = scenario.policy(
                "p",
                "{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":[{\"base\":\"0x80000000\",\"size\":\"0x1000000\"}]}",
                "ACCEPT");

        JsonNode hosts = decide(policy, spec).path("hosts");

        assertThat(ranges(hosts.path(0))).containsExactly("0x80000000+0x1000000");
        assertThat(ranges(hosts.path(1))).containsExactly("0x80000000+0x800000", "0x80800000+0x800000");
        hosts.forEach(host -> {
            JsonNode forecast = host.path("forecast");
            assertThat(forecast.path("declared"))
                    .allSatisfy(
                            range -> assertThat(range.path("rmiCalls").asLong()).isPositive());
            assertThat(forecast.path("rttGranules").asLong())
                    .isBetween(3L, forecast.path("granules").asLong());
            assertThat(texts(forecast.path("notChecked"))).contains("HOST_CAPACITY", "QUOTA", "TOKEN");
        });
    }

    private static List<String> ranges(JsonNode host) {
        return host.path("forecast")
                .path("declared")
                .valueStream()
                .map(range ->
                        range.path("base").asString() + "+" + range.path("size").asString())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
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

        JsonNode decision = decide(policy, spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("DENY");
        JsonNode host = only(decision.path("hosts"));
        assertThat(host.path("reason").asString()).isEqualTo("RANGES_DO_NOT_FIT");
        assertThat(host.path("message").asString()).contains(message);
    }

    @Test
    void noMatchDenies() {
        scenario.host("a", V14);
        String policy = scenario.rules("p", rule("never", "realm.vcpus == 99", allow(HOST_ALL, "ACCEPT")));

        JsonNode decision = decide(policy, spec("LINUX"));

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

        JsonNode host = only(decide(policy, spec("LINUX")).path("hosts"));

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

        JsonNode hosts = decide(policy, spec("LINUX")).path("hosts");

        assertThat(hosts.path(0).path("unavailable")).isEqualTo(Answer.tree("[\"GRANT_NOT_IN_TOKEN\"]"));
        assertThat(hosts.path(1).path("unavailable")).isEmpty();
    }

    @Test
    void withoutACandidateHostNothingIsDecided() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");

        JsonNode decision = decide(policy, spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("NO_HOST");
        assertThat(decision.path("hosts")).isEmpty();
    }

    @Test
    void theSelectorWithMostLabelsWinsAndThenTheName() {
        scenario.host("a", V14);
        select("b", "{\"team\":\"%s\"}");
        select("c", "{\"team\":\"%s\",\"tier\":\"gold\"}");
        select("d", "{\"team\":\"%s\",\"tier\":\"gold\"}");

        JsonNode gold = select(decideLabelled("\"tier\":\"gold\""));
        assertThat(gold.path("policy").asString()).isEqualTo(scenario.name("c"));
        assertThat(gold.path("selectedBy").asString()).isEqualTo("SELECTOR");
        assertThat(gold.path("explanation").asString())
                .endsWith("fits the realm's labels, with more labels or an earlier name than %s, %s."
                        .formatted(scenario.name("d"), scenario.name("b")));
        JsonNode iron = select(decideLabelled("\"tier\":\"iron\""));
        assertThat(iron.path("policy").asString()).isEqualTo(scenario.name("b"));
    }

    @Test
    void aPolicyWithoutSelectorDecidesOnlyWhenItIsNamed() {
        scenario.host("a", V14);
        scenario.policy("p", HOST_ALL, "ACCEPT");

        JsonNode decision = decideLabelled("\"other\":\"label\"");

        assertThat(decision.path("verdict").asString()).isEqualTo("DENY");
        assertThat(decision.path("selection").path("reason").asString()).isEqualTo("NO_POLICY");
    }

    @Test
    void aNamedPolicyThatSelectsOthersDenies() {
        scenario.host("a", V14);
        select("b", "{\"team\":\"%s\"}");

        JsonNode decision = decide(scenario.name("b"), spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("DENY");
        assertThat(decision.path("selection").path("reason").asString()).isEqualTo("POLICY_DOES_NOT_APPLY");
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

    private void select(String name, String selector) {
        String body = "{\"name\":\"%s\",\"selector\":%s,\"rules\":[%s]}"
                .formatted(
                        scenario.name(name),
                        selector.formatted(scenario.name("team")),
                        rule("all", "true", allow(HOST_ALL, "ACCEPT")));
        client.post("/v1/policies", body);
        assertThat(client.post("/v1/policies/" + scenario.name(name) + "/revisions/1/publish", "", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
    }

    private JsonNode decideLabelled(String label) {
        return client.post(
                        "/v1/decisions", """
                {"spec":%s,"hostSelector":%s,"labels":{"team":"%s",%s}}""".formatted(spec("LINUX"), scenario.hosts(), scenario.name("team"), label))
                .json();
    }

    private static JsonNode select(JsonNode decision) {
        return decision.path("selection");
    }

    private JsonNode decide(String policy, String spec) {
        Answer answer = client.post("/v1/decisions", scenario.realm("r", policy, spec));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String rim(JsonNode decision) {
        return only(decision.path("hosts")).path("forecast").path("rim").asString();
    }

    private static JsonNode only(JsonNode array) {
        assertThat(array).hasSize(1);
        return array.path(0);
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream()
                .map(element -> element.path(field).asString())
                .toList();
    }
}
