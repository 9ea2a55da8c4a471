package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.EventReader;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several replicas on one database, as processes of their own. */
class ReplicasTest {
    private static final int REALMS = 12;

    @TempDir
    Path folder;

    @Test
    void twoReplicasShareTheWorkAndTellTheSameStoryAndOneTakesOverFromTheOther() throws Exception {
        String database = Postgres.newDatabase("replicas_test");
        try (var agent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14);
                var first = start(database, "first");
                var second = start(database, "second")) {
            long free = agent.freeGranules();
            var scenario = new Scenario(first.client());
            var other = scenario.with(second.client());
            scenario.register("a", agent.url());
            other.awaitHost("a", host -> host.path("status").asString().equals("READY"));
            String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
            try (var hereReads = EventReader.after(first.port(), 0);
                    var thereReads = EventReader.after(second.port(), 0)) {
                for (int i = 0; i < REALMS; i += 2) {
                    scenario.create("r" + i, policy, Scenario.spec("LINUX"));
                    other.create("r" + (i + 1), policy, Scenario.spec("LINUX"));
                }
                long granules = 0;
                for (int i = 0; i < REALMS; i++) {
                    JsonNode status = other.awaitOutcome("r" + i).path("status");
                    granules += status.path("forecast").path("granules").asLong();
                }

                assertThat(agent.launches().stream()
                                .map(launch -> launch.path("launchId").asString()))
                        .as("no launch id is used twice")
                        .doesNotHaveDuplicates()
                        .hasSize(REALMS);
                assertThat(agent.freeGranules()).isEqualTo(free - granules);
                int seen = REALMS * 5;
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> hereReads.events().size() >= seen
                                && thereReads.events().size() >= seen);
                assertThat(hereReads.events().subList(0, seen))
                        .isEqualTo(thereReads.events().subList(0, seen));
            }

            first.kill();
            List<String> stopped = List.of("r0", "r1", "r2");
            stopped.forEach(name -> second.client().post("/v1/realms/" + scenario.name(name) + "/stop"));
            stopped.forEach(name -> other.awaitPhase(name, "STOPPED"));
        }
    }

    @Test
    void aHostThatIsSilentForTooLongIsGoneAndItsRealmsAreLaunchedElsewhereAndTornDownThere() throws Exception {
        String database = Postgres.newDatabase("gone_test");
        try (var silent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14);
                var spare = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14);
                var service = start(database, "gone", "--realmwright.host.gone-after=PT5S")) {
            long free = silent.freeGranules();
            var scenario = new Scenario(service.client());
            scenario.register("silent", silent.url());
            scenario.awaitHost("silent", host -> host.path("status").asString().equals("READY"));
            String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
            scenario.create("r", policy, Scenario.spec("LINUX"), ",\"restartPolicy\":\"ON_HOST_LOSS\"");
            scenario.create("s", policy, Scenario.spec("LINUX"));
            scenario.awaitOutcome("r");
            scenario.awaitOutcome("s");
            scenario.register("spare", spare.url());
            scenario.awaitHost("spare", host -> host.path("status").asString().equals("READY"));

            silent.pause();
            scenario.awaitHost("silent", host -> host.path("status").asString().equals("GONE"));

            scenario.awaitRealm(
                    "r",
                    realm -> realm.path("status").has("outcome")
                            && realm.path("status").path("host").asString().equals(scenario.name("spare")));
            JsonNode lost = scenario.awaitPhase("s", "LOST").path("status");
            assertThat(lost.path("reason").asString()).isEqualTo("HOST_GONE");
            assertThat(silent.freeGranules()).isLessThan(free);

            silent.resume();
            scenario.awaitHost("silent", host -> host.path("status").asString().equals("READY"));
            await().atMost(Duration.ofMinutes(1)).until(() -> silent.freeGranules() == free);
        }
    }

    private ServiceProcess start(String database, String name, String... more) throws IOException {
        var settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + Postgres.SERVICE,
                "--realmwright.grant.key-file=" + folder.resolve("grant-key.json"),
                "--realmwright.grant.create-key=true",
                "--realmwright.host.poll-interval=PT0.2S",
                "--realmwright.realm.retry-interval=PT0.2S",
                "--realmwright.realm.retry-interval-max=PT1S"));
        settings.addAll(List.of(more));
        return ServiceProcess.start(folder.resolve(name + ".log"), settings.toArray(String[]::new));
    }
}
