package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir
    Path folder;

    @Test
    void aServiceThatIsKilledInTheMiddleOfALaunchGoesOnWithThatLaunch() throws Exception {
        String database = Postgres.newDatabase("recovery_test");
        var reached = new CountDownLatch(1);
        try (var agent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14)) {
            long free = agent.freeGranules();
            Scenario scenario;
            try (var first = start(database)) {
                scenario = new Scenario(first.client());
                scenario.register("a", agent.url());
                scenario.awaitHost("a", host -> host.path("status").asString().equals("READY"));
                String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
                agent.once("POST /v1/machines/m0/realms", exchange -> {
                    agent.launchUnheard(exchange);
                    reached.countDown();
                    return false;
                });
                agent.refuseOnce("POST /v1/machines/m0/realms", 503, "busy", "");
                scenario.create("r", policy, Scenario.spec("LINUX"));
                assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
                first.kill();
            }

            try (var second = start(database)) {
                var status = scenario.with(second.client()).awaitOutcome("r").path("status");

                assertThat(status.path("outcome").path("kind").asString()).isEqualTo("BOOTED");
                assertThat(agent.launches().stream()
                                .map(launch -> launch.path("launchId").asString())
                                .distinct())
                        .containsExactly(status.path("launchId").asString());
                assertThat(agent.freeGranules())
                        .isEqualTo(
                                free - status.path("forecast").path("granules").asLong());
            }
        }
    }

    private ServiceProcess start(String database) throws IOException {
        return ServiceProcess.start(
                folder.resolve("service.log"),
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + Postgres.SERVICE,
                "--realmwright.grant.key-file=" + folder.resolve("grant-key.json"),
                "--realmwright.grant.create-key=true",
                "--realmwright.host.poll-interval=PT0.2S",
                "--realmwright.realm.retry-interval=PT0.2S");
    }
}
