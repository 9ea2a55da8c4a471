package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A host boots anew, falls silent or never comes back: its realms say so, and are launched again where that is wanted. */
class HostLossTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final String RUN_SUFFIX = "/run";

    @Test
    void aRebootLosesTheRealmsOfTheHost() {
        var agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        agent.reboot();

        JsonNode status = scenario.awaitPhase("r", "LOST").path("status");
        assertThat(status.path("reason").asString()).isEqualTo("HOST_REBOOTED");
        assertThat(status.path("rim").asString()).hasSize(64);
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/memory").problem())
                .isEqualTo("realm-gone");
    }

    @Test
    void aRealmThatIsToSurviveALossIsDecidedAndLaunchedAnewWithANewGrant() {
        var agent = scenario.host("a", V14);
        scenario.create(
                "r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"), ",\"restartPolicy\":\"ON_HOST_LOSS\"");
        JsonNode before = scenario.awaitOutcome("r").path("status");

        agent.reboot();

        JsonNode after = scenario.awaitRealm(
                        "r",
                        realm -> realm.path("status").has("outcome")
                                && !realm.path("status").path("launchId").equals(before.path("launchId")))
                .path("status");
        assertThat(after.path("phase").asString()).isEqualTo("RUNNING");
        assertThat(after.path("grantId")).isNotEqualTo(before.path("grantId"));
        assertThat(after.path("decisionId")).isNotEqualTo(before.path("decisionId"));
        assertThat(after.path("bootId").asString()).isEqualTo(agent.bootId().toString());
    }

    @Test
    void aRealmThatThePolicyHasComeToDenyIsNotLaunchedAgain() {
        var agent = scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r", policy, spec("LINUX"), ",\"restartPolicy\":\"ON_HOST_LOSS\"");
        scenario.awaitOutcome("r");
        client.put(
                "/v1/policies/" + policy,
                "{\"rules\":[" + rule("none", "true", deny("Not any more.")) + "]}",
                "If-Match",
                "\"2\"");
        client.post("/v1/policies/" + policy + "/revisions/2/publish", "", "If-Match", "\"3\"");

        agent.reboot();

        JsonNode status = scenario.awaitPhase("r", "DENIED").path("status");
        assertThat(status.path("message").asString()).isEqualTo("Not any more.");
        assertThat(agent.launches()).hasSize(1);
    }

    @Test
    void anUnreachableHostIsNotReadyAndItsRealmsStayAsTheyAre() {
        var agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        scenario.register("b", "http://127.0.0.1:1");
        JsonNode unreachable =
                scenario.awaitHost("b", host -> host.path("reason").asString().equals("UNREACHABLE"));
        assertThat(unreachable.path("status").asString()).isEqualTo("NOT_READY");
        assertThat(unreachable.has("report")).isFalse();

        agent.pause();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("NOT_READY"));
        assertThat(scenario.get("r").path("status").path("phase").asString()).isEqualTo("RUNNING");
        Answer memory = client.get("/v1/realms/" + scenario.name("r") + "/memory");
        assertThat(memory.status()).isIn(502, 504);
        agent.resume();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("READY"));
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/memory").status())
                .isEqualTo(200);
    }

    @Test
    void aRealmThatIsStoppedWhileItsHostIsSilentStopsWhenTheHostIsBack() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");
        agent.pause();

        client.post("/v1/realms/" + scenario.name("r") + "/stop");
        JsonNode status = scenario.awaitRealm(
                        "r",
                        realm -> realm.path("status").path("reason").asString().equals("AGENT_ERROR"))
                .path("status");
        assertThat(status.path("phase").asString()).isEqualTo("RUNNING");
        agent.resume();

        scenario.awaitPhase("r", "STOPPED");
        assertThat(agent.freeGranules()).isEqualTo(free);
    }

    @Test
    void aRealmThatIsDeletedBeforeItHasAHostIsGoneAtOnce() {
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        client.delete("/v1/realms/" + scenario.name("r"));

        scenario.awaitRealm("r", realm -> realm.path("status").asInt(0) == 404);
    }

    @Test
    void aRealmThatTheAgentDoesNotKnowAnyMoreIsLost() {
        var agent = scenario.host("a", V14);
        agent.refuseOnceEndingWith(RUN_SUFFIX, 404, "unknown-realm", "");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        scenario.awaitPhase("r", "LOST");
    }

    @Test
    void aHostThatNeverComesBackCanBeRemovedByForceAndItsRealmsAreLost() {
        var agent = scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r1", policy, spec("LINUX"));
        scenario.create("r2", policy, spec("LINUX"));
        scenario.awaitOutcome("r1");
        scenario.awaitOutcome("r2");
        agent.close();
        client.delete("/v1/realms/" + scenario.name("r2"));
        scenario.awaitRealm(
                "r2", realm -> realm.path("status").path("reason").asString("").equals("UNREACHABLE"));
        assertThat(client.delete("/v1/hosts/" + scenario.name("a")).problem()).isEqualTo("host-in-use");

        Answer removed = client.delete("/v1/hosts/" + scenario.name("a") + "?force=true");

        assertThat(removed.status()).isEqualTo(200);
        scenario.awaitRealm("r2", realm -> realm.path("status").asInt(0) == 404);
        JsonNode lost = scenario.awaitPhase("r1", "LOST").path("status");
        assertThat(lost.path("reason").asString()).isEqualTo("HOST_REMOVED");
    }
}
