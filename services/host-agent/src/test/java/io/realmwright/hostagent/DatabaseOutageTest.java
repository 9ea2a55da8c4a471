package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The machine cannot take back what it did while the database was away; it is recorded before anything else is done. */
class DatabaseOutageTest {
    private static final String REALMS = "/v1/machines/rich/realms";
    private static final String DELAY = "{\"kind\":\"DELAY\",\"duration\":\"PT3S\"}";

    @TempDir
    private Path data;

    @Test
    void whatHappenedDuringAnOutageIsRecordedAfterIt() throws IOException {
        int port = freePort();
        var server = start(port);
        try (var agent = Agent.start(Database.createOn(server), "--spring.datasource.hikari.connection-timeout=500")) {
            var realm = new Realms(agent, "rich").launch(LaunchBody.of(agent));
            var body = LaunchBody.of(agent);
            delay(agent, "RMI_REC_ENTER");
            var run = CompletableFuture.supplyAsync(() -> agent.post(path(realm) + "/run"));
            awaitState(agent, realm, "RUNNING");

            server.close();

            var unrecorded = run.join();
            unrecorded.expectProblem(503, "database-unavailable");
            assertThat(unrecorded.header("retry-after")).isEqualTo("1");
            agent.get(path(realm)).expectProblem(503, "database-unavailable");
            agent.post(REALMS, body.json()).expectProblem(503, "database-unavailable");
            assertThat(agent.get("/v1/machines/rich")
                            .expect(200)
                            .json()
                            .path("realms")
                            .intValue())
                    .as("the launch did not begin")
                    .isOne();

            server = start(port);
            awaitDatabase(agent);

            var ran = agent.post(path(realm) + "/run").expect(200).json();
            assertThat(ran.path("outcome").path("kind").stringValue()).isEqualTo("BOOTED");
            assertThat(agent.get(path(realm) + "/trace?limit=10000").body()).contains("RMI_REC_ENTER");
            agent.post(REALMS, body.json()).expect(201);
        } finally {
            server.close();
        }
    }

    @Test
    void aLaunchThatEndedDuringAnOutageIsFoundAfterIt() throws IOException {
        int port = freePort();
        var server = start(port);
        try (var agent = Agent.start(Database.createOn(server), "--spring.datasource.hikari.connection-timeout=500")) {
            var body = LaunchBody.of(agent);
            delay(agent, "RMI_REC_CREATE");
            var launch = CompletableFuture.supplyAsync(() -> agent.post(REALMS, body.json()));
            Awaitility.await()
                    .until(() -> agent.get(REALMS).json().path("realms").size() == 1);

            server.close();

            launch.join().expectProblem(503, "database-unavailable");
            server = start(port);
            awaitDatabase(agent);

            // Whatever uses the machine next settles what it owes.
            agent.post("/v1/machines/rich/realms/" + idOf(agent) + "/run").expect(200);
            var found = agent.post(REALMS, body.json()).expect(200).json();
            assertThat(found.path("state").stringValue()).isEqualTo("RUNNING");
            assertThat(found.path("steps")).hasSize(6);
            assertThat(found.path("outcome").path("kind").stringValue()).isEqualTo("BOOTED");
        } finally {
            server.close();
        }
    }

    private static String idOf(Agent agent) {
        return agent.get(REALMS).json().path("realms").get(0).path("id").stringValue();
    }

    /** The pool takes a while to try again. */
    private static void awaitDatabase(Agent agent) {
        Awaitility.await().until(() -> agent.get(REALMS).status() == 200);
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delay(Agent agent, String command) {
        agent.put(
                        "/v1/machines/rich/faults",
                        "{\"faults\":[{\"command\":\"" + command + "\",\"nth\":1,\"action\":" + DELAY + "}]}")
                .expect(200);
    }

    private static void awaitState(Agent agent, JsonNode realm, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(
                                agent.get(path(realm)).json().path("state").stringValue())
                        .isEqualTo(state));
    }
}
