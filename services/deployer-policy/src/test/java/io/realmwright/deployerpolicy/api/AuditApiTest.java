package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Answer.texts;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmwright.deployerpolicy.audit.cli.AuditCommand;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AuditApiTest extends ServiceTest {
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    @TempDir
    private Path folder;

    @Test
    void aRealmsWholeStoryIsInTheTrailFromItsPolicyToItsEnd() {
        scenario.host("x", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        String policy = scenario.policy("p", HOST_ALL, "REJECT");
        scenario.create("r", policy, spec("LINUX_EARLY_RSI"));
        JsonNode status = scenario.awaitOutcome("r").path("status");
        client.delete("/v1/realms/" + scenario.name("r"));
        scenario.awaitGone("r");

        assertThat(texts(entries("policy/" + policy), "event")).containsExactly("POLICY_CREATED", "POLICY_PUBLISHED");
        List<JsonNode> story = entries("realm/" + scenario.name("r"));
        assertThat(texts(story, "event"))
                .containsExactly("DECIDED", "GRANTED", "LAUNCHED", "RAN", "STOPPED", "DELETED");
        assertThat(texts(story, "actor"))
                .as("the client decided and the service went on by itself")
                .containsExactly(
                        "anonymous",
                        "deployer-policy",
                        "deployer-policy",
                        "deployer-policy",
                        "deployer-policy",
                        "deployer-policy");
        String plan = "launch-plan 1\nripas-mode HOST_ALL_MEMSLOTS\nverdict REJECT\nmeasured-contents AS_SPECIFIED\n";
        assertThat(story.get(0)
                        .path("details")
                        .path("hosts")
                        .path(0)
                        .path("plan")
                        .asString())
                .isEqualTo(plan);
        JsonNode grant = story.get(1).path("details");
        assertThat(grant.path("grantId")).isEqualTo(status.path("grantId"));
        assertThat(grant.path("plan").asString()).isEqualTo(plan);
        JsonNode ran = story.get(3).path("details");
        assertThat(ran.path("outcome").asString()).isEqualTo("STALLED(RIPAS_REJECTED)");
        assertThat(ran.path("rim")).isEqualTo(status.path("rim"));
        assertThat(ran.path("forecastRim")).isEqualTo(status.path("rim"));
        assertThat(ran.path("rpv")).isEqualTo(status.path("plan").path("rpv"));
    }

    @Test
    void aDenialAndWhoAskedForItAreInTheTrail() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules("p", rule("no", "true", deny("not here")));
        Answer denied = client.post(
                "/v1/realms", scenario.realm("r", policy, spec("LINUX")), "X-Realmwright-Actor", "ada@example.org");
        assertThat(denied.status()).isEqualTo(403);

        JsonNode entry = entries("realm/" + scenario.name("r")).getFirst();

        assertThat(entry.path("actor").asString()).isEqualTo("ada@example.org");
        assertThat(entry.path("details").path("decisionId"))
                .isEqualTo(denied.json().path("decisionId"));
        assertThat(entry.path("details").path("hosts")).isEqualTo(Answer.tree("""
                [{"host":"%s","verdict":"DENY","rule":"no","reason":"DENIED_BY_RULE"}]""".formatted(scenario.name("a"))));
    }

    /** The trail vouches for the whole decision, as the API shows it. */
    @Test
    void theTrailHoldsTheDigestOfTheDecisionAsTheApiShowsIt() throws Exception {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        Answer decision = client.post("/v1/decisions", scenario.realm("r", policy, spec("LINUX")));

        String text = SORTED.writeValueAsString(
                client.get(decision.header("Location")).json());
        JsonNode entry = entries("realm/" + scenario.name("r")).getFirst();

        assertThat(entry.path("details").path("decisionDigest").asString()).isEqualTo(sha256(text));
    }

    @Test
    void everyLineOfAnExportHashesAsTheContractSaysAndIsChained() throws Exception {
        scenario.policy("p", HOST_ALL, "ACCEPT");
        Answer export = client.get("/v1/audit/export");
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");

        String previous = "0".repeat(64);
        for (String line : export.text().lines().toList()) {
            var entry = (ObjectNode) Answer.tree(line);
            String hash = entry.remove("hash").asString();
            assertThat(hash).isEqualTo(sha256(SORTED.writeValueAsString(entry)));
            assertThat(entry.path("previous").asString()).isEqualTo(previous);
            previous = hash;
        }
        JsonNode report = client.get("/v1/audit/verify").json();
        assertThat(report.path("intact").asBoolean()).isTrue();
        assertThat(client.get("/v1/audit/export?after="
                                + (report.path("head").path("position").asLong() - 1))
                        .text()
                        .lines())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'eve' where position = 1",
                "delete from audit_entry where position = 1",
                "truncate audit_entry",
                "update attestation set status = 'AFFIRMING'",
                "delete from attestation_challenge",
                "update decision set verdict = 'ALLOW'",
                "delete from grant_issued",
                "update policy_revision set content = '{}'",
                "drop table audit_entry",
                "alter table audit_entry disable trigger all",
            })
    void theServicesRoleMayNotRewriteWhatIsRecorded(String statement) throws Exception {
        try (Connection service = DriverManager.getConnection(DATABASE, Postgres.SERVICE, "")) {
            assertThatThrownBy(() -> execute(service, statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching("(?s)ERROR: (permission denied|must be owner).*");
        }
    }

    @Test
    void evenTheOwnerOfTheTablesChangesNothingByAccident() throws Exception {
        scenario.policy("p", HOST_ALL, "ACCEPT");
        client.get("/v1/audit");
        try (Connection owner = DriverManager.getConnection(DATABASE, Postgres.OWNER, "")) {
            assertThatThrownBy(() -> execute(owner, "delete from audit_entry"))
                    .hasMessageContaining("the audit trail is append-only");
        }
    }

    @Test
    void whoeverRewritesARowInTheDatabaseIsFoundByTheServiceAndByTheCommand() throws Exception {
        scenario.policy("p", HOST_ALL, "ACCEPT");
        long position = client.get("/v1/audit/verify")
                .json()
                .path("head")
                .path("position")
                .asLong();
        String intact = client.get("/v1/audit/export").text();
        assertThat(verifyOffline(intact)).startsWith("exit 0\nintact, head " + position + ":");
        tamper("update audit_entry set actor = 'eve' where position = " + position);
        try {
            JsonNode report = client.get("/v1/audit/verify").json();

            assertThat(report.path("intact").asBoolean()).isFalse();
            assertThat(report.path("findings").path(0).path("position").asLong())
                    .isEqualTo(position);
            assertThat(report.path("findings").path(0).path("fault").asString()).isEqualTo("ALTERED");
            assertThat(verifyOffline(client.get("/v1/audit/export").text()))
                    .startsWith("exit 1\nALTERED: Entry " + position + " hashes to ")
                    .contains("NOT INTACT");
        } finally {
            tamper("update audit_entry set actor = 'anonymous' where position = " + position);
        }
        assertThat(client.get("/v1/audit/verify").json().path("intact").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audit?event=SOMETHING, 422",
        "/v1/audit?pageToken=eA, 422",
        "/v1/audit/export?after=-1, 422",
        "/v1/audit/verify?head=12, 422",
    })
    void badQuestionsAreRefused(String path, int status) {
        assertThat(client.get(path).status()).isEqualTo(status);
    }

    @Test
    void anImpossibleNameOfAnActorIsRefusedAndNothingIsStored() {
        Answer refused = client.post(
                "/v1/policies",
                "{\"name\":\"%s\",\"rules\":[%s]}".formatted(scenario.name("p"), rule("a", "true", deny("no"))),
                "X-Realmwright-Actor",
                "deployer-policy");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").path(0).path("field").asString())
                .isEqualTo("X-Realmwright-Actor");
        assertThat(client.get("/v1/policies/" + scenario.name("p")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | Line 1 of FILE is no entry",
                "nothing | Line 1 of FILE is no entry",
                "{\"position\":1,\"more\":2} | Line 1 of FILE is no entry",
            })
    void aFileThatIsNoTrailIsNotCheckedAndSaidSo(String line, String complaint) throws Exception {
        assertThat(verifyOffline(line))
                .startsWith("exit 2\n"
                        + complaint.replace("FILE", folder.resolve("trail").toString()));
        assertThat(run("verify")).startsWith("exit 2\nusage: audit verify FILE");
        assertThat(run("verify", "none")).startsWith("exit 2\nnone cannot be read");
        assertThat(run("verify", "none", "--head", "x")).startsWith("exit 2\nA head is written POSITION:HASH.");
    }

    private String verifyOffline(String export) throws Exception {
        return run("verify", Files.writeString(folder.resolve("trail"), export).toString());
    }

    private static String run(String... arguments) {
        var out = new ByteArrayOutputStream();
        int status = new AuditCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return "exit " + status + "\n" + out.toString(StandardCharsets.UTF_8);
    }

    /** As the database's superuser, with triggers off: nobody can keep that one from anything. */
    private static void tamper(String statement) throws SQLException {
        try (Connection superuser = DriverManager.getConnection(DATABASE, "postgres", "")) {
            execute(superuser, "set session_replication_role = replica");
            execute(superuser, statement);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<JsonNode> entries(String subject) {
        return client.get("/v1/audit?pageSize=500&subject=" + subject)
                .json()
                .path("entries")
                .valueStream()
                .toList();
    }
}
