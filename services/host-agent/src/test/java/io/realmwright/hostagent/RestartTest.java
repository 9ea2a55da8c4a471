package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A restart of the agent is a power loss of its machines; what it recorded stays. */
class RestartTest {
    private final Deployer deployer = Deployer.withKey("key-1");

    @TempDir
    private Path directory;

    @Test
    void machinesBootAnewAndTheRealmsThatWereOnThemAreLost() {
        var database = Database.create();
        JsonNode boot;
        JsonNode active;
        JsonNode ran;
        JsonNode stopped;
        String trace;
        try (var agent = start(database)) {
            boot = agent.get("/v1/machines/rich").json().path("bootId");
            active = launch(agent, LaunchBody.of(agent));
            var running = launch(agent, LaunchBody.of(agent));
            ran = agent.post(path(running) + "/run").expect(200).json();
            trace = agent.get(path(running) + "/trace").body();
            stopped = agent.delete(path(launch(agent, LaunchBody.of(agent))))
                    .expect(200)
                    .json();
        }

        try (var agent = start(database)) {
            var machine = agent.get("/v1/machines/rich").json();
            assertThat(machine.path("bootId")).isNotEqualTo(boot);
            assertThat(machine.path("realms").intValue()).isZero();
            assertThat(agent.get(path(active)).json().path("state").stringValue())
                    .isEqualTo("LOST");
            var lost = agent.get(path(ran)).json();
            assertThat(lost.path("state").stringValue()).isEqualTo("LOST");
            assertThat(lost.path("outcome")).isEqualTo(ran.path("outcome"));
            assertThat(lost.path("rim")).isEqualTo(ran.path("rim"));
            assertThat(lost.path("steps")).isEqualTo(ran.path("steps"));
            assertThat(lost.path("spec")).isEqualTo(ran.path("spec"));
            assertThat(agent.get(path(ran) + "/trace").body()).isEqualTo(trace);
            assertThat(agent.get(path(stopped)).json()).isEqualTo(stopped);
            agent.post(path(active) + "/run").expectProblem(409, "realm-not-runnable");
        }
    }

    @Test
    void usedLaunchIdsAndGrantsStayUsed() {
        var database = Database.create();
        LaunchBody body;
        String grantId;
        try (var agent = start(database)) {
            body = LaunchBody.of(agent);
            var claims = Deployer.claims(body).build();
            grantId = claims.getJWTID();
            body = body.grant(deployer.sign(claims, header -> header));
            launch(agent, body);
        }

        try (var agent = start(database)) {
            assertThat(agent.post("/v1/machines/rich/realms", body.json())
                            .expect(200)
                            .json()
                            .path("state")
                            .stringValue())
                    .isEqualTo("LOST");
            agent.post("/v1/machines/rich/realms", body.vcpus(2).json()).expectProblem(409, "launch-id-used");
            var other = LaunchBody.of(agent);
            var claims = Deployer.claims(other).jwtID(grantId).build();
            var refused = agent.post(
                            "/v1/machines/rich/realms",
                            other.grant(deployer.sign(claims, header -> header)).json())
                    .expectProblem(403, "grant-refused");
            assertThat(refused.path("reason").stringValue()).isEqualTo("REPLAYED");
        }
    }

    @Test
    void realmsOfAMachineThatIsNoLongerSetUpAreLostToo() {
        var database = Database.create();
        try (var agent = start(database)) {
            launch(agent, LaunchBody.of(agent));
        }

        try (var agent = start(database, "--realmwright.agent.machines[2].name=renamed")) {
            agent.get("/v1/machines/rich").expectProblem(404, "unknown-machine");
            assertThat(agent.database()
                            .sql()
                            .sql("select distinct state from realm")
                            .query(String.class)
                            .list())
                    .containsExactly("LOST");
        }
    }

    @Test
    void everyBootIsRecorded() {
        var database = Database.create();
        try (var agent = start(database)) {
            agent.post("/v1/machines/plain/reboot").expect(200);
            var boot = agent.get("/v1/machines/plain").json();

            assertThat(database.sql()
                            .sql("select boot_id::text from machine_boot where machine = 'plain' order by booted_at")
                            .query(String.class)
                            .list())
                    .hasSize(2)
                    .endsWith(boot.path("bootId").stringValue());
        }
    }

    private Agent start(Database database, String... more) {
        var keys = directory.resolve("keys.json");
        Deployer.publish(keys, deployer);
        var properties = new ArrayList<>(
                List.of("--realmwright.agent.host-name=" + Deployer.HOST, "--realmwright.agent.grant-keys=" + keys));
        properties.addAll(List.of(more));
        return Agent.start(database, properties.toArray(String[]::new));
    }

    private JsonNode launch(Agent agent, LaunchBody body) {
        var granted = body.grant() == null ? body.grant(deployer.grant(body)) : body;
        return new Realms(agent, "rich").launch(granted);
    }
}
