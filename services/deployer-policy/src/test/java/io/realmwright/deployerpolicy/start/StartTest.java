package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.realmwright.deployerpolicy.grant.jose.KeysCommand;
import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import io.realmwright.machine.host.HostProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path folder;

    @Test
    void withoutAnIssuerOfTokensTheServiceStartsOnALoopbackAddressOnly() throws Exception {
        try (var service = start("start_loopback", "--realmwright.grant.create-key=true", "--server.address=0.0.0.0")) {
            assertThat(service.awaitEnd())
                    .doesNotStartWith("exit 0")
                    .contains("has nothing by which to authenticate its callers")
                    .contains("Set spring.security.oauth2.resourceserver.jwt.issuer-uri to an OIDC issuer");
        }
    }

    @Test
    void anIssuerWithoutAnAudienceStopsTheStart() throws Exception {
        try (var service = start(
                "start_audience",
                "--realmwright.grant.create-key=true",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1")) {
            assertThat(service.awaitEnd())
                    .doesNotStartWith("exit 0")
                    .contains("tokens for other services would be good here")
                    .contains("Set spring.security.oauth2.resourceserver.jwt.audiences");
        }
    }

    @Test
    void keysAreMadeForBothServicesBeforeTheyStartAndNeverOverwritten() throws Exception {
        var said = new ByteArrayOutputStream();
        var command = new KeysCommand(new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(command.run(List.of("--out", folder.toString()))).isZero();
        assertThat(command.run(List.of("--out", folder.toString()))).isEqualTo(1);
        assertThat(command.run(List.of("--nonsense"))).isEqualTo(2);

        Path made = folder.resolve("grant-key.jwk");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
        assertThat(JWKSet.load(folder.resolve("grant-keys.jwks").toFile()).getKeys())
                .containsExactly(ECKey.parse(Files.readString(made)).toPublicJWK());
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("never overwritten", "Usage: keys --out DIRECTORY");
    }

    @Test
    void withoutAGrantKeyTheServiceDoesNotStart() throws Exception {
        try (var service = start("start_key")) {
            assertThat(service.awaitEnd())
                    .doesNotStartWith("exit 0")
                    .contains("There is no grant key at " + key())
                    .contains("realmwright.grant.create-key=true");
        }
    }

    @Test
    void aKeyIsCreatedForItsOwnerOnlyAndHostsOfTheConfigurationAreRegistered() throws Exception {
        try (var agent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14);
                var service = start(
                        "start_configured",
                        "--realmwright.grant.create-key=true",
                        "--realmwright.host.configured[0].name=rack-1",
                        "--realmwright.host.configured[0].agent-url=" + agent.url(),
                        "--realmwright.host.configured[0].machine=m0",
                        "--realmwright.host.configured[0].labels.zone=north")) {
            Client client = service.client();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.get("/v1/hosts/rack-1")
                            .json()
                            .path("status")
                            .asString("")
                            .equals("READY"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                    .isEqualTo("rw-------");
            assertThat(client.get("/v1/hosts/rack-1").json().path("origin").asString())
                    .isEqualTo("CONFIGURATION");
            assertThat(client.delete("/v1/hosts/rack-1").problem()).isEqualTo("host-configured");
            assertThat(client.put("/v1/hosts/rack-1", "{\"agentUrl\":\"http://127.0.0.1:1\",\"machine\":\"m0\"}")
                            .problem())
                    .isEqualTo("host-configured");
            assertThat(client.post("/v1/hosts/rack-1/cordon")
                            .json()
                            .path("scheduling")
                            .asString())
                    .isEqualTo("CORDONED");
        }
    }

    @Test
    @SuppressWarnings("try") // the database goes before the block ends: that is what is tried here
    void withoutItsDatabaseTheServiceSaysSoAndHowLongToWait() throws Exception {
        EmbeddedPostgres database = EmbeddedPostgres.start();
        Postgres.createRoles(database);
        try (var service = ServiceProcess.start(
                folder.resolve("service.log"),
                "--spring.datasource.url=" + Postgres.urlOf(database, "postgres"),
                "--spring.datasource.username=" + Postgres.SERVICE,
                "--spring.datasource.hikari.connection-timeout=1000",
                "--realmwright.grant.key-file=" + key(),
                "--realmwright.grant.create-key=true")) {
            Client client = service.client();
            database.close();

            Answer answer = client.get("/v1/realms");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("database-unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void aServiceThatCouldRewriteItsAuditTrailDoesNotStart() throws Exception {
        try (var service = ServiceProcess.start(
                folder.resolve("service.log"),
                "--spring.datasource.url=" + Postgres.newDatabase("start_rewritable"),
                "--spring.datasource.username=" + Postgres.OWNER,
                "--realmwright.grant.key-file=" + key(),
                "--realmwright.grant.create-key=true")) {
            assertThat(service.awaitEnd())
                    .doesNotStartWith("exit 0")
                    .contains("may change or delete entries of the audit trail")
                    .contains("realmwright.audit.accept-rewritable=true");
        }
    }

    private Path key() {
        return folder.resolve("keys").resolve("grant-key.json");
    }

    private ServiceProcess start(String database, String... settings) throws IOException {
        var all = new ArrayList<>(List.of(settings));
        all.add("--spring.datasource.url=" + Postgres.newDatabase(database));
        all.add("--spring.datasource.username=" + Postgres.SERVICE);
        all.add("--realmwright.grant.key-file=" + key());
        return ServiceProcess.start(folder.resolve("service.log"), all.toArray(String[]::new));
    }
}
