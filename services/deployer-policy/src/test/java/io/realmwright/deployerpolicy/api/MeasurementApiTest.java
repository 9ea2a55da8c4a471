package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class MeasurementApiTest extends ServiceTest {
    @ParameterizedTest
    @EnumSource(HostProfile.class)
    void everyExtensionIsToldAndIsWhatWasForecast(HostProfile profile) {
        scenario.host("a", profile);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        JsonNode status = scenario.awaitOutcome("r").path("status");

        JsonNode measured = measurements("r", "");

        assertThat(measured.has("doubt")).isFalse();
        assertThat(measured.path("forecast").path("equal").asBoolean()).isTrue();
        assertThat(measured.path("forecast").path("expectedRim"))
                .isEqualTo(status.path("forecast").path("rim"));
        List<JsonNode> steps = measured.path("extensions").valueStream().toList();
        assertThat(steps).hasSize(measured.path("extensionsTotal").asInt());
        assertThat(steps.getFirst().path("kind").asString()).isEqualTo("REALM");
        assertThat(steps.getLast().path("after")).isEqualTo(measured.path("rim"));
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).path("before")).isEqualTo(steps.get(i - 1).path("after"));
        }
        assertThat(steps)
                .filteredOn(step -> step.path("step").asString().equals("POPULATE"))
                .hasSize(16);
        assertThat(measurements("r", "?offset=3&limit=2").path("extensions"))
                .hasSize(2)
                .first()
                .isEqualTo(steps.get(3));
        assertThat(client.get(path("r") + "?limit=0").status()).isEqualTo(422);
    }

    @Test
    void twoRealmsAreComparedAndTheFirstDifferingStepIsNamed() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("one", policy, spec("LINUX"));
        scenario.create("other", policy, spec("LINUX").replace("\"seed\":7", "\"seed\":8"));
        scenario.awaitOutcome("one");
        scenario.awaitOutcome("other");

        JsonNode against =
                measurements("one", "?against=" + scenario.name("other")).path("against");

        assertThat(against.path("equal").asBoolean()).isFalse();
        assertThat(against.path("differencesTotal").asInt())
                .as("every page of the image")
                .isEqualTo(16);
        JsonNode first = against.path("firstDifference");
        assertThat(first.path("expected").path("kind").asString()).isEqualTo("DATA");
        assertThat(first.path("actual").path("base").asString()).isEqualTo("0x80000000");
        assertThat(against.path("likelyCauses")).isEqualTo(Answer.tree("[\"IMAGE\"]"));
        assertThat(client.get(path("one") + "?against=nobody").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(HostProfile.class)
    void aHostThatLaunchesAnotherImageIsStoppedBeforeTheFirstEntryAndTheStepIsNamed(HostProfile profile) {
        AgentStub agent = scenario.host("a", profile);
        long free = agent.freeGranules();
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        agent.once("POST /v1/machines/m0/realms", exchange -> {
            agent.images().replaceAll((digest, content) -> withOneOtherByte(content));
            return true;
        });
        scenario.create("r", policy, spec("LINUX"));

        JsonNode status = scenario.awaitPhase("r", "FAILED").path("status");

        assertThat(status.path("failure").path("reason").asString()).isEqualTo("RIM_NOT_AS_FORECAST");
        assertThat(status.path("failure").path("message").asString())
                .contains("was forecast. The first differing step is number ")
                .contains("DATA at 0x80002000 ")
                .endsWith("Likely: [IMAGE].");
        assertThat(agent.calls()).as("no vCPU ran").noneMatch(call -> call.endsWith("/run"));
        assertThat(agent.freeGranules()).isEqualTo(free);
        assertThat(client.get("/v1/audit?event=LAUNCH_FAILED&subject=realm/" + scenario.name("r"))
                        .json()
                        .path("entries")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asString())
                .isEqualTo("RIM_NOT_AS_FORECAST");
    }

    @Test
    void aHostThatTellsTheRimOnlyAfterTheRunIsStoppedAtOnceAfterIt() {
        AgentStub agent = scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        agent.once("POST /v1/machines/m0/realms", exchange -> {
            agent.images().replaceAll((digest, content) -> withOneOtherByte(content));
            agent.launchWithoutRim(exchange);
            return false;
        });
        scenario.create("r", policy, spec("LINUX"));

        JsonNode status = scenario.awaitPhase("r", "FAILED").path("status");

        assertThat(status.path("failure").path("reason").asString()).isEqualTo("RIM_NOT_AS_FORECAST");
        assertThat(agent.calls()).filteredOn(call -> call.endsWith("/run")).hasSize(1);
        assertThat(agent.calls()).as("and it was torn down").anyMatch(call -> call.startsWith("DELETE "));
    }

    /** In the third page. */
    private static byte[] withOneOtherByte(byte[] content) {
        byte[] other = content.clone();
        other[0x2345] ^= 1;
        return other;
    }

    private String path(String name) {
        return "/v1/realms/" + scenario.name(name) + "/measurements";
    }

    private JsonNode measurements(String name, String query) {
        Answer answer = client.get(path(name) + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
