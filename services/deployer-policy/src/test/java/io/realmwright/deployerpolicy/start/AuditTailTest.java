package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.audit.cli.AuditCommand;
import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditTailTest {
    private final String database = Postgres.newDatabase("audit_tail_test");

    @TempDir
    private Path folder;

    /** A chain alone cannot show it: what finds it is a head that was noted outside of the database. */
    @Test
    void whoeverCutsOffTheEndIsFoundByTheProcessThatSealedItAndByANotedHead() throws Exception {
        String noted;
        try (var sealer = start()) {
            Client client = sealer.client();
            new Scenario(client).policy("p", Scenario.HOST_ALL, "ACCEPT");
            JsonNode head = verify(client, "").path("head");
            noted = head.path("position").asLong() + ":" + head.path("hash").asString();
            assertThat(verify(client, "?head=" + noted).path("intact").asBoolean())
                    .isTrue();

            cutOffTheLastRow();

            assertThat(fault(verify(client, "")))
                    .as("it remembers what it sealed")
                    .isEqualTo("HEAD_LOST");
            assertThat(sealer.log()).contains("ERROR").contains("The audit trail was tampered with.");
        }
        try (var another = start()) {
            Client client = another.client();

            assertThat(verify(client, "").path("intact").asBoolean())
                    .as("the limit of a chain")
                    .isTrue();
            assertThat(fault(verify(client, "?head=" + noted))).isEqualTo("HEAD_LOST");
            assertThat(another.log())
                    .as("whoever names a head that never was raises no alarm")
                    .contains("The audit trail does not have the head that a caller noted.")
                    .doesNotContain("tampered with");
            Path export = Files.writeString(
                    folder.resolve("trail"), client.get("/v1/audit/export").text());
            assertThat(run("verify", export.toString())).startsWith("exit 0\nintact, head 1:");
            assertThat(run("verify", export.toString(), "--head", noted)).startsWith("exit 1\nHEAD_LOST: Entry 2 was ");
        }
    }

    private static JsonNode verify(Client client, String query) {
        return client.get("/v1/audit/verify" + query).json();
    }

    private static String fault(JsonNode report) {
        assertThat(report.path("intact").asBoolean()).isFalse();
        return report.path("findings").path(0).path("fault").asString();
    }

    /** As the database's superuser, with triggers off: nobody can keep that one from anything. */
    private void cutOffTheLastRow() throws SQLException {
        try (Connection superuser = DriverManager.getConnection(database, "postgres", "");
                var statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertThat(statement.executeUpdate("delete from audit_entry where position = 2"))
                    .isEqualTo(1);
        }
    }

    private static String run(String... arguments) {
        var out = new ByteArrayOutputStream();
        int status = new AuditCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return "exit " + status + "\n" + out.toString(StandardCharsets.UTF_8);
    }

    private ServiceProcess start() throws IOException {
        return ServiceProcess.start(
                folder.resolve("service.log"),
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + Postgres.SERVICE,
                "--realmwright.grant.key-file=" + folder.resolve("grant-key.json"),
                "--realmwright.grant.create-key=true");
    }
}
