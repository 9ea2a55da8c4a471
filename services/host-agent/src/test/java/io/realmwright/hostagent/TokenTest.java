package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import COSE.Message;
import COSE.MessageTag;
import COSE.OneKey;
import COSE.Sign1Message;
import com.nimbusds.jose.jwk.ECKey;
import com.upokecenter.cbor.CBORObject;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens over HTTP, taken apart and verified by a COSE library that did not make them. */
class TokenTest {
    private static final String CHALLENGE = "0123456789abcdef".repeat(8);
    private static final int PLATFORM = 44234;
    private static final int REALM = 44241;

    private final Agent agent = Agent.shared();

    private String realm(String machine, LaunchBody body) {
        var id = agent.post("/v1/machines/" + machine + "/realms", body.json())
                .expect(201)
                .json()
                .path("id")
                .stringValue();
        return "/v1/machines/" + machine + "/realms/" + id;
    }

    private String booted(String machine, LaunchBody body) {
        var path = realm(machine, body);
        var outcome = agent.post(path + "/run").expect(200).json().path("outcome");
        assertThat(outcome.path("kind").stringValue()).isEqualTo("BOOTED");
        return path;
    }

    private static String challenge(String hex) {
        return "{\"challenge\":\"" + hex + "\"}";
    }

    private static CBORObject collection(JsonNode answer, int tag) throws Exception {
        var token = CBORObject.DecodeFromBytes(answer.path("token").binaryValue());
        assertThat(token.HasMostOuterTag(tag)).isTrue();
        return token.Untag();
    }

    private static Sign1Message sign1(CBORObject record) throws Exception {
        assertThat(record.get(0).AsInt32()).isEqualTo(263);
        return (Sign1Message) Message.DecodeFromBytes(record.get(1).GetByteString(), MessageTag.Sign1);
    }

    private static List<Integer> keys(CBORObject claims) {
        List<Integer> keys = new ArrayList<>();
        claims.getKeys().forEach(key -> keys.add(key.AsInt32()));
        return keys;
    }

    private static byte[] bytes(CBORObject claims, int key) {
        return claims.get(CBORObject.FromObject(key)).GetByteString();
    }

    private OneKey platformKey(String machine) throws Exception {
        var jwk = agent.get("/v1/machines/" + machine + "/endorsement")
                .expect(200)
                .json()
                .path("platformKey");
        return new OneKey(ECKey.parse(jwk.toString()).toECPublicKey(), null);
    }

    @Test
    void aTokenVerifiesFromThePlatformKeyDownToWhatTheHostMeasured() throws Exception {
        var body = LaunchBody.of(agent);
        var path = booted("rich", body);

        var answer =
                agent.post(path + "/token", challenge(CHALLENGE)).expect(200).json();

        var collection = collection(answer, 907);
        var platform = sign1(collection.get(CBORObject.FromObject(PLATFORM)));
        var realm = sign1(collection.get(CBORObject.FromObject(REALM)));
        assertThat(platform.validate(platformKey("rich"))).isTrue();
        var platformClaims = CBORObject.DecodeFromBytes(platform.GetContent());
        var realmClaims = CBORObject.DecodeFromBytes(realm.GetContent());
        byte[] realmKey = bytes(realmClaims, 44237);
        assertThat(bytes(platformClaims, 10))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(realmKey));
        assertThat(realm.validate(new OneKey(CBORObject.DecodeFromBytes(realmKey))))
                .isTrue();
        assertThat(hex(bytes(realmClaims, 10))).isEqualTo(CHALLENGE);
        assertThat(hex(bytes(realmClaims, 44235))).isEqualTo("00".repeat(64));
        var measurements = agent.get(path + "/measurements").expect(200).json();
        assertThat(hex(bytes(realmClaims, 44238)))
                .isEqualTo(measurements.path("rim").stringValue());
        assertThat(realmClaims.get(CBORObject.FromObject(44239)).getValues().stream()
                        .map(rem -> hex(rem.GetByteString())))
                .containsExactlyElementsOf(measurements
                        .path("rems")
                        .valueStream()
                        .map(JsonNode::stringValue)
                        .toList());
        assertThat(keys(realmClaims))
                .containsExactlyInAnyOrder(10, 256, 44235, 44237, 44236, 44240, 44243, 265, 44238, 44239);
        assertThat(answer.path("simulated").booleanValue()).isTrue();
        assertThat(answer.path("challenge").stringValue()).isEqualTo(CHALLENGE);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void thePlatformSaysThatItIsSimulatedWhereVerifiersShowIt() throws Exception {
        var path = booted("plain", LaunchBody.of(agent));
        var answer =
                agent.post(path + "/token", challenge(CHALLENGE)).expect(200).json();

        var claims = CBORObject.DecodeFromBytes(sign1(collection(answer, 907).get(CBORObject.FromObject(PLATFORM)))
                .GetContent());

        assertThat(new String(bytes(claims, 2396), StandardCharsets.US_ASCII))
                .startsWith("SIMULATED by realmwright")
                .hasSize(32);
        assertThat(new String(bytes(claims, 2401), StandardCharsets.US_ASCII)).isEqualTo("SIMULATED");
        assertThat(claims.get(CBORObject.FromObject(2399)).getValues())
                .allSatisfy(component -> assertThat(
                                component.get(CBORObject.FromObject(1)).AsString())
                        .startsWith("SIMULATED "));
        assertThat(claims.get(CBORObject.FromObject(2395)).AsInt32()).isEqualTo(0x3003);
        var endorsement =
                agent.get("/v1/machines/plain/endorsement").expect(200).json();
        assertThat(endorsement.path("instanceId").stringValue()).isEqualTo(hex(bytes(claims, 256)));
        assertThat(endorsement.path("implementationId").stringValue()).isEqualTo(hex(bytes(claims, 2396)));
        assertThat(endorsement.path("simulated").booleanValue()).isTrue();
    }

    @Test
    void everyTokenIsMadeForItsChallengeAndTheRealmKeyChangesWithTheBoot() throws Exception {
        var agentAlone = Agent.start(Database.create());
        try (agentAlone) {
            var kernel = LaunchBody.of(agentAlone);
            var machine = "/v1/machines/rich";
            var firstKey = realmKey(agentAlone, machine, kernel, CHALLENGE);
            assertThat(realmKey(agentAlone, machine, LaunchBody.of(agentAlone), "ff".repeat(64)))
                    .isEqualTo(firstKey);
            agentAlone.post(machine + "/reboot").expect(200);
            assertThat(realmKey(agentAlone, machine, LaunchBody.of(agentAlone), CHALLENGE))
                    .isNotEqualTo(firstKey);
        }
    }

    private static String realmKey(Agent agent, String machine, LaunchBody body, String challenge) throws Exception {
        var id = agent.post(machine + "/realms", body.json())
                .expect(201)
                .json()
                .path("id")
                .stringValue();
        var path = machine + "/realms/" + id;
        agent.post(path + "/run").expect(200);
        var answer =
                agent.post(path + "/token", challenge(challenge)).expect(200).json();
        var claims = CBORObject.DecodeFromBytes(
                sign1(collection(answer, 907).get(CBORObject.FromObject(REALM))).GetContent());
        assertThat(hex(bytes(claims, 10))).isEqualTo(challenge);
        return hex(bytes(claims, 44237));
    }

    @Test
    void aProgramAttestsWithTheStepAndHasItsRipasReadingInARem() throws Exception {
        var program = """
                {"program":[{"step":"MEASURE_RIPAS","rem":1,"base":"0x80000000","size":"0x1000000"},
                            {"step":"HOST_CALL","imm":45063,"buffer":"0x80001000"},
                            {"step":"ATTEST","page":"0x80001000"}]}""";
        var hostDeclares = booted("rich", LaunchBody.of(agent).guest(program));
        var guestDeclares =
                booted("rich", LaunchBody.of(agent).guest(program).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));

        var byHost = claims(agent.post(hostDeclares + "/token", challenge(CHALLENGE)));
        var byGuest = claims(agent.post(guestDeclares + "/token", challenge(CHALLENGE)));

        assertThat(bytes(byHost, 44238)).isEqualTo(bytes(byGuest, 44238));
        assertThat(rem(byHost, 0)).isNotEqualTo(rem(byGuest, 0)).isNotEqualTo("00".repeat(32));
        assertThat(rem(byHost, 1)).isEqualTo("00".repeat(32));
    }

    private static CBORObject claims(Answer answer) throws Exception {
        var collection = collection(answer.expect(200).json(), 907);
        return CBORObject.DecodeFromBytes(
                sign1(collection.get(CBORObject.FromObject(REALM))).GetContent());
    }

    private static String rem(CBORObject claims, int index) {
        return hex(claims.get(CBORObject.FromObject(44239)).get(index).GetByteString());
    }

    @Test
    void theTraceOfARealmThatAttestedReplays() {
        var path = booted("rich", LaunchBody.of(agent));
        long before = agent.get(path).json().path("rmiCallsTotal").longValue();
        agent.post(path + "/token", challenge(CHALLENGE)).expect(200);

        var trace = agent.get(path + "/trace?limit=10000").expect(200).body();

        assertThat(trace).contains("{\"token\":\"d9038b");
        assertThat(agent.get(path).json().path("rmiCallsTotal").longValue()).isGreaterThan(before);
        var replay = agent.exchange(
                agent.request("/v1/machines/rich/replay")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(trace)),
                "(trace)");
        assertThat(replay.expect(200).json().path("differing").longValue()).isZero();
    }

    @Test
    void aRealmThatDoesNotRunSaysHowItIs() {
        var active = realm("rich", LaunchBody.of(agent));
        var dead = realm("rich", LaunchBody.of(agent).profile("UNAWARE").ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));
        agent.post(dead + "/run").expect(200);
        var gone = booted("rich", LaunchBody.of(agent));
        agent.delete(gone).expect(200);

        assertThat(standing(active)).isEqualTo(Map.of("state", "ACTIVE"));
        assertThat(standing(dead)).isEqualTo(Map.of("state", "RUNNING", "outcome", "FAULTED"));
        assertThat(standing(gone)).isEqualTo(Map.of("state", "STOPPED", "outcome", "BOOTED"));
    }

    private Map<String, String> standing(String path) {
        var problem = agent.post(path + "/token", challenge(CHALLENGE)).expectProblem(409, "realm-not-running");
        var state = problem.path("state").stringValue();
        return problem.has("outcome")
                ? Map.of(
                        "state",
                        state,
                        "outcome",
                        problem.path("outcome").path("kind").stringValue())
                : Map.of("state", state);
    }

    @Test
    void aGuestThatDiesOfTheRequestHasThatOutcomeFromThenOn() {
        var path = booted(
                "rich",
                LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}").guest("""
                {"program":[{"step":"HOST_CALL","imm":45063,"buffer":"0x80001000"},
                            {"step":"ATTEST","page":"0x80800000"}]}"""));

        var problem = agent.post(path + "/token", challenge(CHALLENGE)).expectProblem(409, "realm-not-running");

        assertThat(problem.path("outcome").path("kind").stringValue()).isEqualTo("FAULTED");
        assertThat(agent.get(path).json().path("outcome")).isEqualTo(problem.path("outcome"));
        assertThat(agent.post(path + "/run").expect(200).json().path("outcome")).isEqualTo(problem.path("outcome"));
    }

    @Test
    void aGuestWithoutTheStepIsNoAttester() {
        var path = booted("rich", LaunchBody.of(agent).profile("UNAWARE"));

        agent.post(path + "/token", challenge(CHALLENGE)).expectProblem(422, "no-attestation-step");

        assertThat(agent.get(path).json().path("outcome").path("kind").stringValue())
                .isEqualTo("BOOTED");
    }

    @Test
    void aChallengeIs64BytesAndNothingElse() {
        var path = booted("rich", LaunchBody.of(agent));

        for (var wrong : List.of("", "00", "0".repeat(127), "0".repeat(130), "AB".repeat(64))) {
            agent.post(path + "/token", challenge(wrong))
                    .expectErrors(
                            422, "invalid-request", "challenge: must be 64 bytes as lower-case hexadecimal digits");
        }
        agent.post(path + "/token", "{}").expectErrors(422, "invalid-request", "challenge: is missing");
        agent.post("/v1/machines/rich/realms/00000000-0000-0000-0000-000000000000/token", challenge(CHALLENGE))
                .expectProblem(404, "unknown-realm");
        agent.post("/v1/machines/none/realms/x/token", challenge(CHALLENGE)).expectProblem(404, "unknown-machine");
        agent.get("/v1/machines/none/endorsement").expectProblem(404, "unknown-machine");
    }

    @Test
    void nothingFollowsTheStepThatAttests() {
        agent.post("/v1/machines/rich/realms", LaunchBody.of(agent).guest("""
                        {"program":[{"step":"ATTEST","page":"0x80001008"},{"step":"HALT"}]}""").json())
                .expectErrors(
                        422,
                        "invalid-request",
                        "spec.guest.program[0].page: must be a multiple of 0x1000: 0x80001008",
                        "spec.guest.program[0]: serves challenges for ever, so no step can follow it");
    }
}
