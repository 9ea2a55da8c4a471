package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Certificates;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import io.realmwright.machine.host.HostProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** TLS as the documentation says to set it up. */
class TlsTest {
    @TempDir
    Path folder;

    @Test
    void theServiceSpeaksTlsShowsAgentsItsCertificateAndTalksToNoAgentWhoseCertificateItDoesNotBelieve()
            throws Exception {
        var certificates = new Certificates(folder)
                .issueTrusted("service")
                .issueTrusted("agent")
                .issue("stranger");
        try (var agent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14, certificates.context("agent"));
                var stranger = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14, certificates.context("stranger"));
                var service = start(certificates)) {
            var client = service.client(certificates.context(null));
            var scenario = new Scenario(client);
            scenario.register("a", agent.url());
            scenario.register("b", stranger.url());
            scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));

            JsonNode realm = scenario.awaitOutcome("r");

            assertThat(realm.path("status").path("host").asString()).isEqualTo(scenario.name("a"));
            JsonNode shunned = scenario.awaitHost(
                    "b", host -> host.path("reason").asString("").equals("UNREACHABLE"));
            assertThat(shunned.path("status").asString()).isEqualTo("NOT_READY");
            assertThat(stranger.calls()).isEmpty();
            assertThat(client.get("/v1/hosts").header("Strict-Transport-Security"))
                    .startsWith("max-age=");
        }
    }

    private ServiceProcess start(Certificates certificates) throws Exception {
        var settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + Postgres.newDatabase("tls"),
                "--realmwright.grant.create-key=true",
                "--realmwright.grant.key-file=" + folder.resolve("key.json"),
                "--realmwright.host.poll-interval=PT0.1S",
                "--server.ssl.bundle=service",
                "--realmwright.host.ssl-bundle=service"));
        settings.addAll(certificates.settings("service"));
        return ServiceProcess.start(folder.resolve("service.log"), settings.toArray(String[]::new));
    }
}
