package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a decision to a proof, over HTTP: real tokens of a real simulated machine, appraised by the running service. */
class AttestationApiTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final String PROGRAM = """
            {"memslots":[{"base":"0x80000000","size":"0x1000000"}],
             "images":[{"generated":{"seed":7,"size":"0x10000"},"ipa":"0x80000000"}],
             "guest":{"program":[%s]}}""";
    private static final String BOOT = "{\"step\":\"HOST_CALL\",\"imm\":45063,\"buffer\":\"0x80001000\"}";
    private static final String ATTEST = "{\"step\":\"ATTEST\",\"page\":\"0x80001000\"}";

    /** The firmware of this scenario's hosts is one that the deployer trusts. */
    private void trust() {
        write("{\"platforms\":[" + scenario.forge().reference() + "]}");
    }

    private static void write(String references) {
        try {
            Files.writeString(PLATFORM_REFERENCES, references);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void trustNobody() throws IOException {
        Files.deleteIfExists(PLATFORM_REFERENCES);
    }

    private String running(HostProfile profile, String spec) {
        return running(profile, HOST_ALL, spec);
    }

    private String running(HostProfile profile, String mode, String spec) {
        scenario.host("h", profile);
        scenario.create("r", scenario.policy("p", mode, "ACCEPT"), spec);
        scenario.awaitOutcome("r");
        return "/v1/realms/" + scenario.name("r") + "/attestations";
    }

    /** The last entry of the audit trail about the realm r with this event. */
    private JsonNode audited(String event) {
        return client.get("/v1/audit?event=" + event + "&subject=realm/" + scenario.name("r"))
                .json()
                .path("entries")
                .path(0);
    }

    private static List<String> claims(JsonNode attestation, String status) {
        var submods = attestation.path("appraisal").path("submods");
        return Stream.of("platform", "realm")
                .flatMap(submod -> submods.path(submod).path("claims").valueStream())
                .filter(claim -> claim.path("status").asString().equals(status))
                .map(claim -> claim.path("claim").asString())
                .toList();
    }

    private String attested() {
        return scenario.get("r")
                .path("status")
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals("ATTESTED"))
                .map(condition -> condition.path("status").asString() + " "
                        + condition.path("reason").asString())
                .collect(Collectors.joining());
    }

    @Test
    void aRealmIsAttestedOnlyAfterItsTokenWasAppraised() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX_EARLY_RSI"));
        assertThat(attested()).isEmpty();

        Answer answer = client.post(path, "{}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        JsonNode attestation = answer.json();
        assertThat(attestation.path("appraisal").path("status").asString()).isEqualTo("affirming");
        assertThat(attestation.path("attested").asBoolean()).isTrue();
        assertThat(attestation.path("simulated").asBoolean()).isTrue();
        assertThat(attestation.path("challenge").asString()).matches("[0-9a-f]{128}");
        assertThat(claims(attestation, "contraindicated")).isEmpty();
        assertThat(claims(attestation, "none")).containsExactly("realm.instance-id");
        assertThat(claims(attestation, "affirming"))
                .contains("platform.signature", "realm.personalization-value", "realm.initial-measurement");
        assertThat(attested()).isEqualTo("TRUE AFFIRMING");
        assertThat(client.get(answer.header("Location")).json()).isEqualTo(attestation);
    }

    @Test
    void onV14TheTokenCannotNameTheGrantAndTheResultSaysWhatThereIsInstead() {
        trust();
        String path = running(V14, Scenario.spec("LINUX"));

        JsonNode attestation = client.post(path, "{}").json();

        assertThat(attestation.path("appraisal").path("status").asString()).isEqualTo("affirming");
        assertThat(claims(attestation, "none")).containsExactly("realm.instance-id", "realm.personalization-value");
        JsonNode ripas = attestation.path("appraisal").path("ripas");
        assertThat(ripas.path("measured").asBoolean()).isFalse();
        assertThat(ripas.path("instead")
                        .valueStream()
                        .map(item -> item.path("kind").asString() + " "
                                + item.path("status").asString()))
                .containsExactly("GRANT_IN_RPV none", "GUEST_READING_IN_REM none", "HOST_TRACE none");
    }

    @Test
    void aGuestsOwnReadingOfTheRipasIsForecastAndAffirmed() {
        trust();
        String measure = "{\"step\":\"MEASURE_RIPAS\",\"rem\":2,\"base\":\"0x80000000\",\"size\":\"0x1000000\"}";
        String late = "{\"step\":\"EXTEND_REM\",\"rem\":3,\"value\":\"c0ffee\"}";
        String path =
                running(INIT_RIPAS, GUEST_DECLARES, PROGRAM.formatted(String.join(",", measure, BOOT, late, ATTEST)));

        JsonNode attestation = client.post(path, "{}").json();

        assertThat(attestation.path("appraisal").path("status").asString())
                .as(attestation.toString())
                .isEqualTo("affirming");
        assertThat(attestation
                        .path("appraisal")
                        .path("ripas")
                        .path("instead")
                        .valueStream()
                        .map(item -> item.path("kind").asString() + " "
                                + item.path("status").asString()))
                .containsExactly("GRANT_IN_RPV affirming", "GUEST_READING_IN_REM affirming", "HOST_TRACE none");
    }

    @Test
    void aTokenThatLiesMakesTheRealmUnattestedUntilAnHonestOneComes() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        scenario.forge().lie(draft -> draft.realm.put(44238, TokenForge.bytes("00".repeat(32))));

        JsonNode lie = client.post(path, "{}").json();

        assertThat(lie.path("attested").asBoolean()).isFalse();
        assertThat(claims(lie, "contraindicated")).containsExactly("realm.initial-measurement");
        assertThat(attested()).isEqualTo("FALSE CONTRAINDICATED");

        scenario.forge().lie(draft -> {});
        client.post(path, "{}");
        assertThat(attested()).isEqualTo("TRUE AFFIRMING");
    }

    @Test
    void everyAppraisalIsInTheAuditTrail() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        scenario.forge().lie(draft -> draft.realm.put(44238, TokenForge.bytes("00".repeat(32))));

        JsonNode attestation = client.post(path, "{}").json();

        JsonNode entry = audited("APPRAISED");
        byte[] token = Base64.getDecoder().decode(attestation.path("token").asString());
        assertThat(entry.path("details")).isEqualTo(Answer.tree("""
                {"attestationId":%s,"challenge":%s,"contraindicated":["realm.initial-measurement"],"host":%s,"launchId":%s,
                 "realmId":%s,"status":"CONTRAINDICATED","tokenDigest":"%s"}""".formatted(
                        attestation.path("id"),
                        attestation.path("challenge"),
                        attestation.path("host"),
                        attestation.path("launchId"),
                        audited("LAUNCHED").path("details").path("realmId"),
                        TokenForge.hex(TokenForge.sha256(token)))));
    }

    @Test
    void bytesThatAreNoTokenAreAnAppraisalToo() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        scenario.forge().lie(draft -> draft.tag = 500);

        JsonNode attestation = client.post(path, "{}").json();

        assertThat(attestation.path("appraisal").path("status").asString()).isEqualTo("contraindicated");
        JsonNode claim = attestation
                .path("appraisal")
                .path("submods")
                .path("realm")
                .path("claims")
                .path(0);
        assertThat(claim.path("claim").asString()).isEqualTo("token");
        assertThat(claim.path("actual").asString()).isEqualTo("WRONG_TAG");
        assertThat(attestation.path("appraisal").has("ripas")).isFalse();
    }

    @Test
    void withoutAReferenceForThePlatformNothingIsAffirmedAndNothingIsBlamed() {
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));

        JsonNode attestation = client.post(path, "{}").json();

        assertThat(attestation.path("appraisal").path("status").asString()).isEqualTo("none");
        assertThat(claims(attestation, "contraindicated")).isEmpty();
        assertThat(claims(attestation, "none")).contains("platform.signature");
        assertThat(attested()).isEqualTo("FALSE NONE");

        write("{\"platforms\": \"none\"}");
        assertThat(client.post(path, "{}")
                        .json()
                        .path("appraisal")
                        .path("status")
                        .asString())
                .isEqualTo("none");
        trust();
        assertThat(client.post(path, "{}")
                        .json()
                        .path("appraisal")
                        .path("status")
                        .asString())
                .isEqualTo("affirming");
    }

    @Test
    void aChallengeIsUsedOnce() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        String challenge = "{\"challenge\":\""
                + TokenForge.hex(TokenForge.sha256(TokenForge.ascii(path))).repeat(2) + "\"}";

        Answer first = client.post(path, challenge);
        Answer again = client.post(path, challenge);

        assertThat(first.status()).isEqualTo(201);
        assertThat(challenge).contains(first.json().path("challenge").asString());
        again.expectProblem(409, "challenge-used");
        assertThat(client.get(path).json().path("attestations").size()).isEqualTo(1);
    }

    @Test
    void aChallengeHas64Bytes() {
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));

        for (String wrong : List.of("", "00", "0".repeat(127), "AB".repeat(64))) {
            client.post(path, "{\"challenge\":\"" + wrong + "\"}").expectProblem(422, "invalid-request");
        }
        client.post(path, "{\"nonce\":\"\"}").expectProblem(400, "unreadable-request");
        client.post("/v1/realms/nobody/attestations", "{}").expectProblem(404, "not-found");
        client.get("/v1/realms/nobody/attestations").expectProblem(404, "not-found");
        client.get(path + "/00000000-0000-0000-0000-000000000000").expectProblem(404, "not-found");
    }

    @Test
    void attestationsAreListedFromTheLatestOnPageByPage() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        List<String> made = Stream.generate(
                        () -> client.post(path, "{}").json().path("id").asString())
                .limit(3)
                .toList();

        JsonNode first = client.get(path + "?pageSize=2").json();
        JsonNode second = client.get(path + "?pageSize=2&pageToken="
                        + first.path("nextPageToken").asString())
                .json();

        assertThat(Stream.concat(ids(first), ids(second))).containsExactlyElementsOf(made.reversed());
        assertThat(second.has("nextPageToken")).isFalse();
        client.get(path + "?pageToken=bm9uZQ").expectProblem(422, "invalid-request");
    }

    private static Stream<String> ids(JsonNode list) {
        return list.path("attestations")
                .valueStream()
                .map(item -> item.path("id").asString());
    }

    @Test
    void aRealmWhoseGuestDoesNotRunMakesNoToken() {
        String path = running(INIT_RIPAS, GUEST_DECLARES, Scenario.spec("LINUX"));

        client.post(path, "{}").expectProblem(409, "realm-not-running");
    }

    @Test
    void aGuestWithoutTheStepIsNoAttester() {
        String path = running(INIT_RIPAS, Scenario.spec("UNAWARE"));

        client.post(path, "{}").expectProblem(422, "no-attestation-step");
    }

    @Test
    void aGuestThatDiesOfTheChallengeIsKnownToHaveDied() {
        String path = running(
                INIT_RIPAS, GUEST_DECLARES, PROGRAM.formatted(BOOT + ",{\"step\":\"ATTEST\",\"page\":\"0x80800000\"}"));

        client.post(path, "{}").expectProblem(409, "realm-not-running");

        JsonNode realm = scenario.get("r");
        assertThat(realm.path("status").path("outcome").path("kind").asString()).isEqualTo("FAULTED");
        assertThat(realm.path("status").path("reason").asString()).isEqualTo("FAULTED");
    }

    @Test
    void anAgentThatDoesNotAnswerIsNoProof() {
        AgentStub agent = scenario.host("h", INIT_RIPAS);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        String path = "/v1/realms/" + scenario.name("r") + "/attestations";
        agent.refuseOnceEndingWith("/token", 409, "token-not-made", "");
        client.post(path, "{}").expectProblem(502, "host-refused");
        agent.pause();
        assertThat(client.post(path, "{}").status()).isIn(502, 504);
        agent.resume();
        assertThat(attested()).isEmpty();
    }

    @Test
    void aPolicyStopsARealmThatIsNotAttestedInTime() {
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.rules("p", Scenario.rule("r", "true", duty("PT1S")));
        scenario.create("r", policy, Scenario.spec("LINUX"));

        JsonNode realm = scenario.awaitPhase("r", "STOPPED");

        assertThat(realm.path("status").path("outcome").path("kind").asString()).isEqualTo("BOOTED");
        assertThat(attested()).isEqualTo("FALSE DEADLINE_MISSED");
    }

    @Test
    void aPolicyLeavesARealmAloneThatIsAttestedInTime() {
        trust();
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.rules("p", Scenario.rule("r", "true", duty("PT5S")));
        scenario.create("r", policy, Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        client.post("/v1/realms/" + scenario.name("r") + "/attestations", "{}");
        assertThat(attested()).isEqualTo("TRUE AFFIRMING");
        String other = scenario.name("other");
        client.post("/v1/realms", scenario.realm("other", policy, Scenario.spec("LINUX")));

        // The other realm is not attested and stops; by then the deadline of the first one, too, has passed.
        scenario.awaitPhase("other", "STOPPED");

        assertThat(scenario.get("r").path("status").path("phase").asString())
                .as("while %s stopped", other)
                .isEqualTo("RUNNING");
        assertThat(attested()).isEqualTo("TRUE AFFIRMING");
        client.post("/v1/realms/" + scenario.name("r") + "/stop");
        scenario.awaitPhase("r", "STOPPED");
        assertThat(attested()).isEqualTo("FALSE STOPPED");
    }

    @Test
    void aPolicyStopsARealmThatIsNoLongerAttested() {
        trust();
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.rules("p", Scenario.rule("r", "true", duty("PT2S")));
        scenario.create("r", policy, Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        String path = "/v1/realms/" + scenario.name("r") + "/attestations";
        client.post(path, "{}");
        scenario.forge().lie(draft -> draft.realm.put(44238, TokenForge.bytes("00".repeat(32))));

        client.post(path, "{}");

        scenario.awaitPhase("r", "STOPPED");
        assertThat(attested()).isEqualTo("FALSE DEADLINE_MISSED");
    }

    private static String duty(String within) {
        return """
                {"kind":"ALLOW","ripasMode":{"kind":"HOST_ALL_MEMSLOTS"},"verdict":{"kind":"ACCEPT"},
                 "attestation":{"within":"%s","otherwise":"STOP"}}""".formatted(within);
    }

    @Test
    void anImpossibleDutyIsRefusedAndADutyIsPartOfTheDecision() {
        for (String within : List.of("", "5 minutes", "PT0S", "-PT1M", "P8D")) {
            Answer answer = client.post(
                    "/v1/policies", """
                    {"name":"%s","rules":[%s]}""".formatted(scenario.name("bad"), Scenario.rule("r", "true", duty(within))));
            answer.expectProblem(422, "invalid-request");
            assertThat(answer.text()).contains("rules[0].effect.attestation.within");
        }
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.rules("p", Scenario.rule("r", "true", duty("PT5M")));
        JsonNode created = scenario.create("r", policy, Scenario.spec("LINUX"));

        JsonNode decision = client.get("/v1/decisions/"
                        + created.path("status").path("decisionId").asString())
                .json();

        assertThat(decision.path("hosts").path(0).path("attestation").toString())
                .isEqualTo("{\"within\":\"PT5M\",\"otherwise\":\"STOP\"}");
    }

    @Test
    void referenceValuesOfThePublishedRevisionAreWhatTokensShow() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        JsonNode attestation = client.post(path, "{}").json();
        String values =
                "/v1/policies/" + scenario.name("p") + "/revisions/1/reference-values?realm=" + scenario.name("r");

        Answer answer = client.get(values);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/rim+cbor");
        CBORObject corim = CBORObject.DecodeFromBytes(answer.bytes());
        byte[] comid =
                corim.Untag().get(CBORObject.FromObject(1)).get(0).Untag().GetByteString();
        String rim = attestation
                .path("appraisal")
                .path("submods")
                .path("realm")
                .path("claims")
                .valueStream()
                .filter(claim -> claim.path("claim").asString().equals("realm.initial-measurement"))
                .map(claim -> claim.path("actual").asString())
                .collect(Collectors.joining());
        assertThat(TokenForge.hex(comid)).contains(rim);
    }

    @Test
    void referenceValuesAreWithdrawnWithTheirRevision() {
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r", policy, Scenario.spec("LINUX"));
        String revisions = "/v1/policies/" + policy + "/revisions/";
        String values = "/reference-values?realm=" + scenario.name("r");
        assertThat(client.get(revisions + 1 + values).status()).isEqualTo(200);
        String rules = "{\"rules\":[" + Scenario.rule("r", "true", Scenario.deny("Not any more.")) + "]}";
        String etag = client.get("/v1/policies/" + policy).header("ETag");
        String revised =
                client.put("/v1/policies/" + policy, rules, "If-Match", etag).header("ETag");

        client.get(revisions + 2 + values).expectProblem(410, "reference-values-withdrawn");
        client.post(revisions + "2/publish", "", "If-Match", revised);

        JsonNode withdrawn = client.get(revisions + 1 + values).expectProblem(410, "reference-values-withdrawn");
        assertThat(withdrawn.path("publishedRevision").asInt()).isEqualTo(2);
        client.get(revisions + 2 + values).expectProblem(409, "no-reference-values");
        client.get(revisions + 3 + values).expectProblem(404, "not-found");
        client.get(revisions + 2 + "/reference-values?realm=nobody").expectProblem(404, "not-found");
        client.get(revisions + 2 + "/reference-values").expectProblem(422, "invalid-request");
    }
}
