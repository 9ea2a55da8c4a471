package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which policy decides about a realm. */
class PolicySelectionTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;

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

        JsonNode decision = scenario.decide(scenario.name("b"), spec("LINUX"));

        assertThat(decision.path("verdict").asString()).isEqualTo("DENY");
        assertThat(decision.path("selection").path("reason").asString()).isEqualTo("POLICY_DOES_NOT_APPLY");
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
}
