package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.TokenForge;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A policy demands that the realms it allows are attested in time. */
class AttestationDutyTest extends AttestationScenario {
    @Test
    void aPolicyStopsARealmThatIsNotAttestedInTime() {
        create("PT1S");

        JsonNode realm = scenario.awaitPhase("r", "STOPPED");

        assertThat(realm.path("status").path("outcome").path("kind").asString()).isEqualTo("BOOTED");
        assertThat(attested()).isEqualTo("FALSE DEADLINE_MISSED");
    }

    @Test
    void aPolicyLeavesARealmAloneThatIsAttestedInTime() {
        trust();
        String policy = create("PT5S");
        scenario.awaitOutcome("r");
        client.post("/v1/realms/" + scenario.name("r") + "/attestations", "{}");
        assertThat(attested()).isEqualTo("TRUE AFFIRMING");
        String other = scenario.name("other");
        client.post("/v1/realms", scenario.realm("other", policy, Scenario.spec("LINUX")));

        // The other realm is not attested and stops; by then the deadline of the first one, too, has passed.
        scenario.awaitPhase("other", "STOPPED");

        assertThat(scenario.get("r").path("status").path("phase").asString())
                .as("while %s stopped", other)
                .isEqualTo("RUNNING");
        assertThat(attested()).isEqualTo("TRUE AFFIRMING");
        client.post("/v1/realms/" + scenario.name("r") + "/stop");
        scenario.awaitPhase("r", "STOPPED");
        assertThat(attested()).isEqualTo("FALSE STOPPED");
    }

    @Test
    void aPolicyStopsARealmThatIsNoLongerAttested() {
        trust();
        create("PT2S");
        scenario.awaitOutcome("r");
        String path = "/v1/realms/" + scenario.name("r") + "/attestations";
        client.post(path, "{}");
        scenario.forge().lie(draft -> draft.realm.put(44238, TokenForge.bytes("00".repeat(32))));

        client.post(path, "{}");

        scenario.awaitPhase("r", "STOPPED");
        assertThat(attested()).isEqualTo("FALSE DEADLINE_MISSED");
    }

    /** Creates the realm r, which is to be attested within that time; answers its policy. */
    private String create(String within) {
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.rules("p", Scenario.rule("r", "true", duty(within)));
        scenario.create("r", policy, Scenario.spec("LINUX"));
        return policy;
    }

    private static String duty(String within) {
        return """
                {"kind":"ALLOW","ripasMode":{"kind":"HOST_ALL_MEMSLOTS"},"verdict":{"kind":"ACCEPT"},
                 "attestation":{"within":"%s","otherwise":"STOP"}}""".formatted(within);
    }

    @Test
    void anImpossibleDutyIsRefusedAndADutyIsPartOfTheDecision() {
        for (String within : List.of("", "5 minutes", "PT0S", "-PT1M", "P8D")) {
            Answer answer = client.post(
                    "/v1/policies", """
                    {"name":"%s","rules":[%s]}""".formatted(scenario.name("bad"), Scenario.rule("r", "true", duty(within))));
            answer.expectProblem(422, "invalid-request");
            assertThat(answer.text()).contains("rules[0].effect.attestation.within");
        }
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.rules("p", Scenario.rule("r", "true", duty("PT5M")));
        JsonNode created = scenario.create("r", policy, Scenario.spec("LINUX"));

        JsonNode decision = client.get("/v1/decisions/"
                        + created.path("status").path("decisionId").asString())
                .json();

        assertThat(decision.path("hosts").path(0).path("attestation").toString())
                .isEqualTo("{\"within\":\"PT5M\",\"otherwise\":\"STOP\"}");
    }
}
