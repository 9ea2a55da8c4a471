package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.CanonicalText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealmLifecycleTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest(name = "{0}, {1}, {2}: {3} {4}")
    @CsvSource({
        "HOST_ALL_MEMSLOTS, ACCEPT,   EDK2_LINUX,      BOOTED,",
        "HOST_ALL_MEMSLOTS, ACCEPT,   UNAWARE,         BOOTED,",
        "HOST_ALL_MEMSLOTS, REJECT,   LINUX,           STALLED, RIPAS_REJECTED",
        "HOST_ALL_MEMSLOTS, WITHHOLD, LINUX_EARLY_RSI, STALLED, RIPAS_WITHHELD",
        "GUEST_DECLARES,    ACCEPT,   LINUX_EARLY_RSI, BOOTED,",
        "GUEST_DECLARES,    ACCEPT,   UNAWARE,         FAULTED, EMPTY",
        "GUEST_DECLARES,    WITHHOLD, LINUX,           FAULTED, EMPTY",
    })
    void aRealmIsDecidedPlacedLaunchedAndRunToItsOutcomeAsForecast(
            String mode, String verdict, String guest, String kind, String detail) {
        scenario.host("x", INIT_RIPAS);
        String policy = scenario.policy("p", "{\"kind\":\"" + mode + "\"}", verdict);

        JsonNode created = scenario.create("r", policy, spec(guest));
        assertThat(created.path("status").path("phase").asString()).isEqualTo("PLACED");
        assertThat(created.path("status").path("host").asString()).isEqualTo(scenario.name("x"));
        JsonNode status = scenario.awaitOutcome("r").path("status");

        assertThat(status.path("phase").asString()).isEqualTo("RUNNING");
        assertThat(status.path("host").asString()).isEqualTo(scenario.name("x"));
        JsonNode outcome = status.path("outcome");
        assertThat(outcome.path("kind").asString()).isEqualTo(kind);
        assertThat(outcome.path("reason").asString(outcome.path("ripas").asString(null)))
                .isEqualTo(detail);
        assertThat(outcome).isEqualTo(status.path("forecast").path("outcome"));
        assertThat(status.path("rim")).isEqualTo(status.path("forecast").path("rim"));
        assertThat(status.path("rmiCallsTotal"))
                .isEqualTo(status.path("forecast").path("rmiCallsTotal"));
        assertThat(condition(status, "RIM_AS_FORECAST").path("status").asString())
                .isEqualTo("TRUE");
        assertThat(condition(status, "READY").path("status").asString())
                .isEqualTo(kind.equals("BOOTED") ? "TRUE" : "FALSE");
    }

    @Test
    void theAgentGetsTheImagesItLacksAndEachOnce() {
        var agent = scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");

        JsonNode first = scenario.create("r1", policy, spec("LINUX"));
        scenario.awaitOutcome("r1");
        scenario.create("r2", policy, spec("UNAWARE"));
        scenario.awaitOutcome("r2");

        String digest = first.path("spec").path("images").path(0).path("digest").asString();
        assertThat(agent.images()).containsOnlyKeys(digest);
        assertThat(agent.calls().stream().filter(call -> call.equals("PUT /v1/images/" + digest)))
                .hasSize(1);
        assertThat(agent.images().get(digest))
                .isEqualTo(client.get("/v1/images/" + digest).bytes());
    }

    @Test
    void theGrantSaysWhatIsLaunchedWhereAndIsTheRealmsRpv() throws Exception {
        var agent = scenario.host("x", INIT_RIPAS);
        String policy = scenario.policy("p", GUEST_DECLARES, "ACCEPT");
        scenario.create("r", policy, spec("LINUX_EARLY_RSI"));
        JsonNode status = scenario.awaitOutcome("r").path("status");
        JsonNode launch = agent.launches().getFirst();

        var grant = SignedJWT.parse(launch.path("grant").asString());
        var keys = JWKSet.parse(client.get("/v1/keys").text());
        var key = keys.getKeyByKeyId(grant.getHeader().getKeyID()).toECKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(grant.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(grant.getHeader().getType().getType()).isEqualTo("realmwright-grant+jwt");
        var claims = grant.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("realmwright");
        assertThat(claims.getAudience()).containsExactly(scenario.name("x"));
        assertThat(claims.getStringClaim("machine")).isEqualTo("m0");
        assertThat(claims.getStringClaim("launchId"))
                .isEqualTo(launch.path("launchId").asString());
        assertThat(claims.getStringClaim("decisionId"))
                .isEqualTo(status.path("decisionId").asString());
        assertThat(claims.getStringClaim("policyDigest"))
                .isEqualTo(client.get("/v1/policies/" + policy + "/revisions/1")
                        .json()
                        .path("digest")
                        .asString());
        var spec =
                JSON.treeToValue(launch.path("spec"), RealmSpecDocument.class).readStored();
        var plan =
                JSON.treeToValue(launch.path("plan"), LaunchPlanDocument.class).readStored();
        assertThat(claims.getStringClaim("specDigest")).isEqualTo(CanonicalText.sha256(CanonicalText.of(spec)));
        assertThat(claims.getStringClaim("planDigest")).isEqualTo(CanonicalText.sha256(CanonicalText.of(plan)));
        assertThat(claims.getExpirationTime()).isAfter(claims.getIssueTime());

        byte[] sha512 =
                MessageDigest.getInstance("SHA-512").digest(grant.serialize().getBytes(StandardCharsets.US_ASCII));
        assertThat(plan.rpv().hex()).isEqualTo(HexFormat.of().formatHex(sha512));
        JsonNode kept =
                client.get("/v1/grants/" + status.path("grantId").asString()).json();
        assertThat(kept.path("compact").asString()).isEqualTo(grant.serialize());
        assertThat(kept.path("id").asString()).isEqualTo(claims.getJWTID());
    }

    @Test
    void aHostThatCannotSetAnRpvGetsNone() {
        var agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        assertThat(agent.launches().getFirst().path("plan").has("rpv")).isFalse();
    }

    @Test
    void memoryMeasurementsAndTraceAreAskedOfTheAgent() throws Exception {
        scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        JsonNode status = scenario.awaitOutcome("r").path("status");
        String realm = "/v1/realms/" + scenario.name("r");

        JsonNode runs = client.get(realm + "/memory").json().path("runs");
        assertThat(runs).anySatisfy(run -> {
            assertThat(run.path("base").asString()).isEqualTo("0x80000000");
            assertThat(run.path("hipas").asString()).isEqualTo("ASSIGNED");
            assertThat(run.path("ripas").asString()).isEqualTo("RAM");
        });
        JsonNode measurements = client.get(realm + "/measurements").json();
        assertThat(measurements.path("rim")).isEqualTo(status.path("rim"));
        assertThat(measurements.path("simulated").asBoolean()).isTrue();
        Answer trace = client.get(realm + "/trace?offset=0&limit=2");
        assertThat(trace.text().lines()).hasSize(2).first().asString().startsWith("{\"info\":");
        assertThat(trace.header("X-Next-Offset")).isEqualTo("2");
        assertThat(client.get(realm + "/trace?limit=0").status()).isEqualTo(422);
        Answer file = client.get(realm + "/trace.jsonl.gz");
        try (var whole = new GZIPInputStream(new ByteArrayInputStream(file.bytes()))) {
            assertThat(new String(whole.readAllBytes(), StandardCharsets.UTF_8)).startsWith(trace.text());
        }
        assertThat(file.header("Content-Type")).isEqualTo("application/gzip");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + scenario.name("r") + ".jsonl.gz\"");
        assertThat(client.get(realm + "/placement").json().path("host").asString())
                .isEqualTo(scenario.name("a"));
    }

    @Test
    void aStoppedRealmGivesItsMemoryBackAndStaysVisible() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        JsonNode running = scenario.awaitOutcome("r").path("status");
        assertThat(agent.freeGranules())
                .isEqualTo(free - running.path("forecast").path("granules").asLong());

        Answer stopping = client.post("/v1/realms/" + scenario.name("r") + "/stop");
        assertThat(stopping.status()).isEqualTo(202);
        JsonNode stopped = scenario.awaitPhase("r", "STOPPED").path("status");

        assertThat(agent.freeGranules()).isEqualTo(free);
        assertThat(stopped.path("rim")).isEqualTo(running.path("rim"));
        assertThat(stopped.path("outcome")).isEqualTo(running.path("outcome"));
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/memory").problem())
                .isEqualTo("realm-gone");
    }

    @Test
    void aDeletedRealmIsTornDownAndForgottenAndItsNameIsFree() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r", policy, spec("LINUX"));
        String decision =
                scenario.awaitOutcome("r").path("status").path("decisionId").asString();

        Answer deleting = client.delete("/v1/realms/" + scenario.name("r"));
        assertThat(deleting.status()).isEqualTo(202);
        assertThat(deleting.json().path("status").path("phase").asString()).isEqualTo("DELETING");
        scenario.awaitRealm("r", realm -> realm.path("status").asInt(0) == 404);

        assertThat(agent.freeGranules()).isEqualTo(free);
        assertThat(client.get("/v1/decisions/" + decision).status()).isEqualTo(200);
        scenario.create("r", policy, spec("LINUX"));
    }

    @Test
    void aGuestThatPowersOffEndsStopped() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), """
                {"memslots":[{"base":"0x80000000","size":"0x100000"}],
                 "images":[{"generated":{"seed":1,"size":"0x2000"},"ipa":"0x80000000"}],
                 "guest":{"program":[{"step":"DETECT_RSI"},{"step":"EXTEND_REM","rem":1,"value":"00ff"},{"step":"POWER_OFF"}]}}""");

        JsonNode status = scenario.awaitPhase("r", "STOPPED").path("status");

        assertThat(status.path("outcome")).isEqualTo(Answer.tree("{\"kind\":\"POWERED_OFF\"}"));
        assertThat(agent.freeGranules()).isEqualTo(free);
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndDoesNothing() {
        var agent = scenario.host("x", INIT_RIPAS);
        String policy = scenario.policy("p", GUEST_DECLARES, "ACCEPT");

        Answer dry = client.post("/v1/realms?dryRun=true", scenario.realm("r", policy, spec("LINUX")));

        assertThat(dry.status()).isEqualTo(200);
        JsonNode status = dry.json().path("realm").path("status");
        assertThat(status.path("phase").asString()).isEqualTo("PLACED");
        assertThat(status.path("host").asString()).isEqualTo(scenario.name("x"));
        assertThat(status.path("forecast").path("outcome").path("kind").asString())
                .isEqualTo("FAULTED");
        assertThat(dry.json().path("decision").path("verdict").asString()).isEqualTo("ALLOW");
        assertThat(client.get("/v1/realms/" + scenario.name("r")).status()).isEqualTo(404);
        assertThat(agent.launches()).isEmpty();
    }

    @Test
    void realmsAreListedByPhaseHostAndLabel() {
        scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r1", policy, spec("LINUX"));
        scenario.create("r2", policy, spec("UNAWARE"));
        scenario.awaitOutcome("r1");
        scenario.awaitOutcome("r2");
        client.post("/v1/realms/" + scenario.name("r2") + "/stop");
        scenario.awaitPhase("r2", "STOPPED");

        String host = "&host=" + scenario.name("a");
        assertThat(names("/v1/realms?phase=RUNNING" + host)).containsExactly(scenario.name("r1"));
        assertThat(names("/v1/realms?phase=STOPPED" + host)).containsExactly(scenario.name("r2"));
        String label = scenario.hosts().replaceAll("[{}\"]", "").replace(':', '=');
        assertThat(names("/v1/realms?label=" + label)).containsExactly(scenario.name("r1"), scenario.name("r2"));
        JsonNode page = client.get("/v1/realms?pageSize=1" + host).json();
        assertThat(names("/v1/realms?pageSize=1" + host + "&pageToken="
                        + page.path("nextPageToken").asString()))
                .containsExactly(scenario.name("r2"));
    }

    @Test
    void theEmptiestHostIsChosen() {
        AgentStub full = scenario.host("full", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r1", policy, spec("UNAWARE"));
        scenario.awaitOutcome("r1");
        scenario.awaitHost(
                "full", host -> host.path("report").path("freeGranules").asLong() == full.freeGranules());
        scenario.host("empty", V14);

        scenario.create("r2", policy, spec("UNAWARE"));

        assertThat(scenario.awaitOutcome("r2").path("status").path("host").asString())
                .isEqualTo(scenario.name("empty"));
    }

    private List<String> names(String path) {
        return client.get(path)
                .json()
                .path("realms")
                .valueStream()
                .map(realm -> realm.path("name").asString())
                .toList();
    }

    private static JsonNode condition(JsonNode status, String type) {
        return status.path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
