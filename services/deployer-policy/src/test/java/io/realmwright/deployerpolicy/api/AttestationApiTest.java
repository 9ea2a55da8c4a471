package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.machine.host.HostProfile;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a decision to a proof, over HTTP: real tokens of a real simulated machine, appraised by the running service. */
class AttestationApiTest extends AttestationScenario {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final String PROGRAM = """
            {"memslots":[{"base":"0x80000000","size":"0x1000000"}],
             "images":[{"generated":{"seed":7,"size":"0x10000"},"ipa":"0x80000000"}],
             "guest":{"program":[%s]}}""";
    private static final String BOOT = "{\"step\":\"HOST_CALL\",\"imm\":45063,\"buffer\":\"0x80001000\"}";
    private static final String ATTEST = "{\"step\":\"ATTEST\",\"page\":\"0x80001000\"}";

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

        trustOnly("{\"platforms\": \"none\"}");
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
}
