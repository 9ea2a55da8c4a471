package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stopping, starting and restarting realms, and knowing which wish a status answers. */
class RealmWishTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final String LAUNCH = "POST /v1/machines/m0/realms";

    @Test
    void aStoppedRealmStartsOverWithANewDecisionAndGrant() {
        var agent = scenario.host("a", V14);
        JsonNode first = launched();
        client.post(realm() + "/stop");
        scenario.awaitPhase("r", "STOPPED");

        assertThat(client.post(realm() + "/start").status()).isEqualTo(202);

        JsonNode second =
                scenario.awaitRealm("r", realm -> isRelaunched(realm, first)).path("status");
        assertThat(second.path("grantId")).isNotEqualTo(first.path("grantId"));
        assertThat(second.path("decisionId")).isNotEqualTo(first.path("decisionId"));
        assertThat(agent.launches()).hasSize(2);
    }

    @Test
    void aRestartEndsTheLaunchBeforeTheNextOneBegins() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        JsonNode first = launched();

        Answer restarting = client.post(realm() + "/restart");
        assertThat(restarting.status()).isEqualTo(202);
        assertThat(restarting.json().path("status").path("reason").asString()).isEqualTo("RESTART");

        JsonNode second =
                scenario.awaitRealm("r", realm -> isRelaunched(realm, first)).path("status");
        assertThat(agent.freeGranules())
                .isEqualTo(free - second.path("forecast").path("granules").asLong());
    }

    @Test
    void startingARunningRealmLaunchesNothing() {
        var agent = scenario.host("a", V14);
        JsonNode first = launched();

        client.post(realm() + "/start");

        scenario.awaitRealm("r", RealmWishTest::isObserved);
        assertThat(scenario.get("r").path("status").path("launchId")).isEqualTo(first.path("launchId"));
        assertThat(agent.launches()).hasSize(1);
    }

    @Test
    void everyWishIsAGenerationAndTheStatusSaysWhichOneItAnswers() {
        scenario.host("a", V14);
        launched();
        JsonNode settled = scenario.awaitRealm("r", RealmWishTest::isObserved);
        assertThat(settled.path("generation").asLong()).isEqualTo(1);

        JsonNode wished = client.post(realm() + "/stop").json();
        assertThat(wished.path("generation").asLong()).isEqualTo(2);
        assertThat(wished.path("status").path("observedGeneration").asLong()).isEqualTo(1);

        JsonNode stopped = scenario.awaitRealm("r", RealmWishTest::isObserved);
        assertThat(stopped.path("status").path("phase").asString()).isEqualTo("STOPPED");
        assertThat(client.post(realm() + "/stop").json().path("generation").asLong())
                .as("the same wish again is none")
                .isEqualTo(2);
    }

    @Test
    void aLaunchThatTheHostHasNotAnsweredIsCalledOffAndComesToNothing() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        var asked = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            agent.once(LAUNCH, exchange -> {
                asked.countDown();
                exchange.close();
                return false;
            });
        }
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        await(asked);
        String launch = scenario.awaitPhase("r", "LAUNCHING")
                .path("status")
                .path("launchId")
                .asString();

        client.post(realm() + "/stop");

        scenario.awaitPhase("r", "STOPPED");
        assertThat(agent.calls()).contains("DELETE /v1/machines/m0/launches/" + launch);
        assertThat(agent.launches()).isEmpty();
        assertThat(agent.freeGranules()).isEqualTo(free);
    }

    @Test
    void whatCameUpOnAHostThatWasRemovedIsTornDownWhenItAnswersAgain() {
        AgentStub agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        launched();
        agent.pause();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("NOT_READY"));

        client.delete("/v1/hosts/" + scenario.name("a") + "?force=true");
        scenario.awaitPhase("r", "LOST");
        agent.resume();

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> agent.freeGranules() == free);
    }

    @Test
    void aWishIsMeantForTheVersionThatItNames() {
        scenario.host("a", V14);
        launched();
        scenario.awaitRealm("r", RealmWishTest::isObserved);
        Answer read = client.get(realm());
        String etag = read.header("ETag");
        assertThat(client.send("GET", realm(), BodyPublishers.noBody(), "If-None-Match", etag)
                        .status())
                .isEqualTo(304);

        assertThat(client.post(realm() + "/stop", "", "If-Match", "\"999\"").problem())
                .isEqualTo("precondition-failed");
        assertThat(scenario.get("r").path("status").path("phase").asString()).isEqualTo("RUNNING");
        assertThat(client.post(realm() + "/stop", "", "If-Match", etag).status())
                .isEqualTo(202);
        scenario.awaitPhase("r", "STOPPED");
    }

    @Test
    void whoeverDeletesARealmHasTheLastWord() {
        var agent = scenario.host("a", V14);
        launched();
        agent.pause();
        client.delete(realm());

        assertThat(client.post(realm() + "/start").problem()).isEqualTo("realm-deleting");
        assertThat(client.post(realm() + "/restart").problem()).isEqualTo("realm-deleting");
        assertThat(client.post(realm() + "/stop").problem()).isEqualTo("realm-deleting");
        assertThat(client.delete(realm()).status()).isEqualTo(202);

        agent.resume();
        scenario.awaitRealm("r", read -> read.path("status").asInt(0) == 404);
        assertThat(client.post(realm() + "/start").status()).isEqualTo(404);
    }

    private JsonNode launched() {
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        return scenario.awaitOutcome("r").path("status");
    }

    private String realm() {
        return "/v1/realms/" + scenario.name("r");
    }

    private static boolean isRelaunched(JsonNode realm, JsonNode before) {
        JsonNode status = realm.path("status");
        return status.has("outcome") && !status.path("launchId").equals(before.path("launchId"));
    }

    private static boolean isObserved(JsonNode realm) {
        return realm.path("generation").equals(realm.path("status").path("observedGeneration"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
