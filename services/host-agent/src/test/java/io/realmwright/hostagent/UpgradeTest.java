package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A database that the release before filled, in the hands of this one. An agent has its database for itself. */
class UpgradeTest {
    private static final Path ROWS = Path.of("src/test/resources/previous-release/data.sql");
    private static final String PREVIOUS_VERSION = "202611221030";
    private static final String REALMS = "/v1/machines/m0/realms";

    @Test
    void theHistoryStaysAndMachinesBootAnew() throws IOException, SQLException {
        var database = Database.create();
        Flyway.configure()
                .dataSource(database.url(), "postgres", "")
                .target(PREVIOUS_VERSION)
                .load()
                .migrate();
        database.sql()
                .sql(Files.readString(ROWS))
                .query((row, _) -> row.getString(1))
                .list();

        try (var agent = Agent.start(
                database,
                "--realmwright.agent.machines[0].name=m0",
                "--realmwright.agent.machines[0].profile=rmm-2.0+kvm-rmi-v14")) {
            List<JsonNode> realms = agent.get(REALMS)
                    .expect(200)
                    .json()
                    .path("realms")
                    .valueStream()
                    .toList();
            assertThat(realms)
                    .extracting(realm -> realm.path("name").stringValue() + " "
                            + realm.path("state").stringValue())
                    .containsExactlyInAnyOrder("survivor LOST", "running LOST", "stopped STOPPED");
            JsonNode stopped = realms.stream()
                    .filter(realm -> realm.path("name").stringValue().equals("stopped"))
                    .findFirst()
                    .orElseThrow();
            assertThat(stopped.path("outcome").path("kind").stringValue()).isEqualTo("BOOTED");
            assertThat(stopped.path("steps")).hasSize(5);
            assertThat(agent.get(REALMS + "/" + stopped.path("id").stringValue() + "/trace")
                            .expect(200)
                            .body())
                    .contains("RMI_REALM_CREATE");

            var again = LaunchBody.of(agent).launchId(stopped.path("launchId").stringValue());
            agent.post(REALMS, again.json()).expectProblem(409, "launch-id-used");
            agent.post(REALMS, LaunchBody.of(agent).json()).expect(201);
        }
    }
}
