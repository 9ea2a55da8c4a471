package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A replica of the next release writes into the same database while an update rolls on. What only informs may say more than
 * this release knows; what is acted on is refused rather than half understood.
 */
class NewerReplicaTest extends ServiceTest {
    private static final String MORE = "{\"addedByTheNextRelease\": {\"some\": [1]}}";

    private AgentStub agent;

    @BeforeEach
    void aRunningRealm() {
        agent = scenario.host("h", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
    }

    @Test
    @DisplayName("A forecast, an outcome, a decision and a host's report that say more are read, and work goes on")
    void whatInformsMaySayMore() throws SQLException {
        JsonNode before = scenario.get("r");
        more("realm", "outcome = outcome || '%s', forecast = forecast || '%s'", scenario.name("r"));
        more("host", "report = report || '%s'", scenario.name("h"));
        String decision = before.path("status").path("decisionId").asString();
        update("update decision set document = jsonb_set(document, '{hosts,0,forecast}',"
                + " document #> '{hosts,0,forecast}' || '" + MORE + "') where id = '" + decision + "'");

        JsonNode after = scenario.get("r");

        assertThat(after.path("spec")).isEqualTo(before.path("spec"));
        assertThat(after.path("status").path("outcome"))
                .isEqualTo(before.path("status").path("outcome"));
        assertThat(client.get("/v1/decisions/" + decision)
                        .json()
                        .path("hosts")
                        .path(0)
                        .path("forecast")
                        .has("rim"))
                .isTrue();
        assertThat(client.get("/v1/hosts/" + scenario.name("h")).status()).isEqualTo(200);
        assertThat(client.post("/v1/realms/" + scenario.name("r") + "/stop").status())
                .isEqualTo(202);
        scenario.awaitPhase("r", "STOPPED");
    }

    @Test
    @DisplayName(
            "A plan that says more is not acted on by halves: the realm stays as it is until a newer replica sees to it")
    void whatIsActedOnMayNot() throws SQLException {
        more("realm", "plan = plan || '%s'", scenario.name("r"));

        assertThat(client.get("/v1/realms/" + scenario.name("r")).status()).isEqualTo(500);

        update("update realm set plan = plan - 'addedByTheNextRelease' where name = '" + scenario.name("r") + "'");
        assertThat(scenario.get("r").path("status").path("phase").asString()).isEqualTo("RUNNING");
        assertThat(agent.launches()).hasSize(1);
    }

    private void more(String table, String change, String name) throws SQLException {
        update("update " + table + " set " + change.replace("%s", MORE) + " where name = '" + name + "'");
    }

    private void update(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASE, Postgres.OWNER, "");
                var sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isEqualTo(1);
        }
    }
}
