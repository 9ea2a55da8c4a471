package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.image.Sha256;
import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * From the release before to this one: its database is migrated with what is in it, and its replicas go on working for as
 * long as the update takes. What it left behind is in {@code previous-release}: rows that a run of it wrote, the
 * statements that it makes, and the digests of its migrations.
 */
class UpgradeTest {
    private static final Path PREVIOUS = Path.of("src/test/resources/previous-release");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final String PREVIOUS_VERSION = "202611221036";

    @TempDir
    Path folder;

    @Test
    void theMigrationsOfThePreviousReleaseAreStillWhatTheyWere() throws IOException {
        List<String> then = Files.readAllLines(PREVIOUS.resolve("migrations.sha256"));
        List<String> now = new ArrayList<>();
        for (String line : then) {
            String name = line.substring(line.lastIndexOf(' ') + 1);
            now.add(Sha256.of(Files.readAllBytes(MIGRATIONS.resolve(name))) + "  " + name);
        }

        assertThat(now).hasSize(7).isEqualTo(then);
    }

    @Test
    void whatThePreviousReleaseLeftIsServedAndGoesOn() throws Exception {
        try (var agent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14)) {
            String database = filled("upgrade_test", agent.url());
            try (var service = start(database)) {
                Client client = service.client();

                assertThat(phases(client)).containsKeys("decided", "lost", "running", "stopped", "survivor");
                assertThat(phases(client).get("stopped")).isEqualTo("STOPPED");
                await(client, "running", "LOST"); // the machine has another boot id by now
                await(client, "survivor", "RUNNING");
                assertThat(agent.launches()).hasSize(1);
                client.post("/v1/realms/stopped/start");
                await(client, "stopped", "RUNNING");
                client.delete("/v1/realms/lost");
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> client.get("/v1/realms/lost").status() == 404);
            }
        }
    }

    @Test
    void aReplicaOfThePreviousReleaseFindsNothingThatItDoesNotKnow() throws Exception {
        try (var agent = new AgentStub(HostProfile.RMM_2_0_KVM_RMI_V14)) {
            String database = filled("rolling_test", agent.url());
            try (var service = start(database)) {
                Client client = service.client();
                await(client, "survivor", "RUNNING");
                client.post("/v1/hosts/old/drain");
                client.post("/v1/realms/survivor/restart");
                awaitReason(client, "survivor", "UNPLACEABLE");

                try (Connection connection = DriverManager.getConnection(database)) {
                    assertThat(known(connection, "select distinct phase from realm"))
                            .isSubsetOf(
                                    "PENDING",
                                    "DECIDED",
                                    "PLACED",
                                    "LAUNCHING",
                                    "ACTIVE",
                                    "RUNNING",
                                    "STOPPED",
                                    "DENIED",
                                    "FAILED",
                                    "LOST");
                    assertThat(known(connection, "select distinct goal from realm"))
                            .isSubsetOf("RUN", "STOP", "DELETE");
                    assertThat(known(
                                    connection,
                                    "select distinct c ->> 'type' from realm, jsonb_array_elements(conditions) c"))
                            .isSubsetOf("DECIDED", "PLACED", "HOST_REACHABLE", "LAUNCHED", "RIM_AS_FORECAST", "READY");
                    assertThat(
                                    known(
                                            connection,
                                            "select distinct jsonb_object_keys(c) from realm, jsonb_array_elements(conditions) c"))
                            .isSubsetOf("type", "status", "reason", "message", "lastTransitionTime");
                    assertThat(known(connection, "select distinct jsonb_object_keys(report) from host"))
                            .isSubsetOf(
                                    "profile",
                                    "rmmVersion",
                                    "bootId",
                                    "bootedAt",
                                    "dramBytes",
                                    "features",
                                    "granules",
                                    "freeGranules",
                                    "leakedGranules",
                                    "capabilities",
                                    "simulated");
                    assertThat(known(connection, "select cordoned::text from host where draining"))
                            .as("a draining host is cordoned for who knows no drains")
                            .containsExactly("true");
                }
            }
        }
    }

    static List<String> statements() throws IOException {
        return Pattern.compile(";\\s*\\n")
                .splitAsStream(Files.readString(PREVIOUS.resolve("statements.sql")))
                .map(statement -> statement.replaceAll("(?m)^--.*$", "").strip())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void aStatementOfThePreviousReleaseStillWorks(String statement) throws Exception {
        String database = filled("statement_" + Integer.toUnsignedString(statement.hashCode()), "http://127.0.0.1:1");
        migrate(database, "latest");
        try (Connection connection = DriverManager.getConnection(database)) {
            connection.setAutoCommit(false);
            try (var made = connection.createStatement()) {
                boolean isQuery = made.execute(statement);
                assertThat(isQuery || made.getUpdateCount() == 1).as(statement).isTrue();
            }
            connection.commit();
        }
    }

    /** A database as the previous release left it, with the machines of its hosts at this agent. */
    private static String filled(String name, String agentUrl) throws SQLException, IOException {
        String database = Postgres.newDatabase(name);
        migrate(database, PREVIOUS_VERSION);
        try (Connection connection = DriverManager.getConnection(database)) {
            execute(connection, data(agentUrl));
        }
        return database;
    }

    private static String data(String agentUrl) throws IOException {
        return Files.readString(PREVIOUS.resolve("data.sql")).replace("http://agent.example", agentUrl);
    }

    private static void migrate(String database, String target) {
        Flyway.configure()
                .dataSource(database, "postgres", "")
                .target(target)
                .load()
                .migrate();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Set<String> known(Connection connection, String query) throws SQLException {
        var values = new TreeSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static Map<String, String> phases(Client client) {
        var phases = new TreeMap<String, String>();
        client.get("/v1/realms")
                .json()
                .path("realms")
                .forEach(realm -> phases.put(
                        realm.path("name").asString(),
                        realm.path("status").path("phase").asString()));
        return phases;
    }

    private static void await(Client client, String realm, String phase) {
        Awaitility.await("%s to be %s".formatted(realm, phase))
                .atMost(Duration.ofMinutes(1))
                .until(() -> status(client, realm).path("phase").asString("").equals(phase)
                        && (!phase.equals("RUNNING") || status(client, realm).has("outcome")));
    }

    private static void awaitReason(Client client, String realm, String reason) {
        Awaitility.await("%s to be %s".formatted(realm, reason))
                .atMost(Duration.ofMinutes(1))
                .until(() -> status(client, realm).path("reason").asString("").equals(reason));
    }

    private static JsonNode status(Client client, String realm) {
        return client.get("/v1/realms/" + realm).json().path("status");
    }

    private ServiceProcess start(String database) throws IOException {
        return ServiceProcess.start(
                folder.resolve("service.log"),
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=postgres",
                "--realmwright.grant.key-file=" + folder.resolve("grant-key.json"),
                "--realmwright.grant.create-key=true",
                "--realmwright.host.poll-interval=PT0.2S",
                "--realmwright.realm.review-interval=PT1S");
    }
}
