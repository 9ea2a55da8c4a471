package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request is named, field by field, and changes nothing. */
class RequestTest {
    private static final String REALMS = "/v1/machines/rich/realms";

    private final Agent agent = Agent.shared();
    private String before = "";

    @BeforeEach
    void look() {
        before = machine();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(machine()).isEqualTo(before);
    }

    private String machine() {
        return agent.get("/v1/machines/rich").expect(200).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"launchId\":", "{\"a\":1,\"a\":2}", "{} {}"})
    void aBodyThatIsNotJsonIsUnreadable(String body) {
        agent.post(REALMS, body).expectProblem(400, "unreadable-request");
    }

    @Test
    void whereABodyStopsToBeJsonIsSaid() {
        var problem = agent.post(REALMS, "{\"name\":\n  nonsense}").expectProblem(400, "unreadable-request");

        assertThat(problem.path("detail").stringValue()).contains("line 2, column");
    }

    @Test
    void aBodyThatIsLargerThanAnyRequestIsUnreadable() {
        agent.post(REALMS, "{\"name\":\"" + "x".repeat(5_000_000) + "\"}").expectProblem(400, "unreadable-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"text\""})
    void aBodyThatIsNoObjectBreaksTheRules(String body) {
        agent.post(REALMS, body).expectErrors(422, "invalid-request", ": must be a JSON object");
    }

    @Test
    void aQueryThatCannotBeDecodedIsTheCallersMistake() throws Exception {
        var status =
                rawStatus("GET " + REALMS + "?pageSize=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(status).isEqualTo("HTTP/1.1 400 ");
    }

    @Test
    void aBrokenFormIsNotAskedFor() throws Exception {
        var status = rawStatus("POST " + REALMS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(status).isEqualTo("HTTP/1.1 415 ");
    }

    /** Sends what no client library would. */
    private String rawStatus(String request) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void unknownPropertiesAreNamedWhereverTheyAre() {
        var body = LaunchBody.of(agent)
                .memslots("[{\"base\":\"0x80000000\",\"size\":\"0x1000000\",\"color\":1}]")
                .ripasMode("{\"kind\":\"HOST_ALL_MEMSLOTS\",\"ranges\":[]}")
                .guest("{\"program\":[{\"step\":\"HALT\",\"ipa\":\"0x0\"}]}");

        agent.post(REALMS, body.json().replaceFirst("\"name\"", "\"nmae\":\"x\",\"name\""))
                .expectErrors(
                        400,
                        "unreadable-request",
                        "spec.memslots[0].color: unknown property",
                        "spec.guest.program[0].ipa: unknown property",
                        "plan.ripasMode.ranges: unknown property",
                        "nmae: unknown property");
    }

    @Test
    void everythingThatIsMissingIsNamed() {
        agent.post(REALMS, "{}")
                .expectErrors(
                        422,
                        "invalid-request",
                        "launchId: is missing",
                        "name: is missing",
                        "spec: is missing",
                        "plan: is missing");
        agent.post(
                        REALMS,
                        "{\"launchId\":null,\"name\":\"a\",\"spec\":{\"memslots\":[{}],\"images\":[{}],\"guest\":{}},"
                                + "\"plan\":{\"ripasMode\":{},\"verdict\":{}}}")
                .expectErrors(
                        422,
                        "invalid-request",
                        "launchId: is missing",
                        "spec.memslots[0].base: is missing",
                        "spec.memslots[0].size: is missing",
                        "spec.images[0].digest: is missing",
                        "spec.images[0].ipa: is missing",
                        "spec.guest.profile: is missing",
                        "plan.ripasMode.kind: is missing",
                        "plan.verdict.kind: is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80000000",
                "0x",
                "0X80000000",
                "0x8000_0000",
                "0xg",
                "0x10000000000000000",
                "-0x1",
                " 0x1",
                "0x1 "
            })
    void anAddressIsWrittenInOneWayOnly(String address) {
        var body = LaunchBody.of(agent).memslots("[{\"base\":\"" + address + "\",\"size\":\"0x1000\"}]");

        agent.post(REALMS, body.json())
                .expectErrors(
                        422,
                        "invalid-request",
                        "spec.memslots[0].base: must be a string of 0x and 1 to 16 hexadecimal digits");
    }

    @Test
    void addressesAndSizesStayBelowTheirLimits() {
        var body = LaunchBody.of(agent).memslots("""
                        [{"base":"0x8000000000000000","size":"0x1000"},
                         {"base":"0x7ffffffffffff000","size":"0x1000"},
                         {"base":"0x80000000","size":"0x0"},
                         {"base":2147483648,"size":"0xffffffffffffffff"}]""");

        agent.post(REALMS, body.json())
                .expectErrors(
                        422,
                        "invalid-request",
                        "spec.memslots[0].base: must be below 2^63",
                        "spec.memslots[1].size: must end the range below 2^63",
                        "spec.memslots[2].size: must be greater than 0 and below 2^63",
                        "spec.memslots[3].base: must be a string of 0x and 1 to 16 hexadecimal digits",
                        "spec.memslots[3].size: must be greater than 0 and below 2^63");
    }

    @Test
    void valuesOfTheWrongKindAreNamed() {
        var body = """
                {"launchId":"42","name":"-x","grant":"",
                 "spec":{"memslots":{},"vcpus":"1","ipaBits":40.5,"hashAlgorithm":"MD5","images":[7],
                         "guest":{"profile":"linux"}},
                 "plan":{"ripasMode":{"kind":"EVERYBODY"},"verdict":"ACCEPT","measuredContents":true,"rpv":"00"}}""";

        agent.post(REALMS, body)
                .expectErrors(
                        422,
                        "invalid-request",
                        "launchId: must be a UUID in lower case",
                        "name: must be 1 to 63 letters, digits and -._, a letter or digit first and last",
                        "spec.memslots: must be an array of at most 512 elements",
                        "spec.vcpus: must be a whole number from 1 to 512",
                        "spec.ipaBits: must be a whole number from 32 to 48",
                        "spec.hashAlgorithm: must be one of SHA_256, SHA_512, SHA_384",
                        "spec.images[0]: must be a JSON object",
                        "spec.guest.profile: must be one of EDK2_LINUX, LINUX_EARLY_RSI, LINUX, UNAWARE",
                        "plan.ripasMode.kind: must be one of DEPLOYER_RANGES, GUEST_DECLARES, HOST_ALL_MEMSLOTS",
                        "plan.verdict: must be a JSON object",
                        "plan.measuredContents: must be one of AS_SPECIFIED, ALWAYS, NEVER",
                        "plan.rpv: must be 64 bytes as 128 lower-case hexadecimal digits",
                        "grant: must be a compact JWS");
    }

    @Test
    void theStepsOfAProgramAreRead() {
        var body = LaunchBody.of(agent).guest("""
                {"program":[
                  {"step":"TOUCH","access":"EXECUTE","ipa":"0x80000000"},
                  {"step":"EXTEND_REM","rem":5,"value":"C0FFEE"},
                  {"step":"HOST_CALL","imm":65536,"buffer":"0x80001000"},
                  {"step":"DANCE","tempo":120},
                  {"step":"DECLARE_RAM","base":"0x80000000","size":"0x1000","changeDestroyed":"yes"}]}""");

        agent.post(REALMS, body.json())
                .expectErrors(
                        422,
                        "invalid-request",
                        "spec.guest.program[0].access: must be one of READ, WRITE, FETCH",
                        "spec.guest.program[1].rem: must be a whole number from 1 to 4",
                        "spec.guest.program[1].value: must be at most 64 bytes as lower-case hexadecimal digits",
                        "spec.guest.program[2].imm: must be a whole number from 0 to 65535",
                        "spec.guest.program[3].step: must be one of ATTEST, DECLARE_RAM, DETECT_RSI, EXTEND_REM, HALT, HOST_CALL,"
                                + " MEASURE_RIPAS, POWER_OFF, READ_REALM_CONFIG, RELEASE_RAM, START_SECONDARIES, TOUCH",
                        "spec.guest.program[4].changeDestroyed: must be true or false");
    }

    @Test
    void aProfileAndAProgramDoNotGoTogether() {
        var body = LaunchBody.of(agent).guest("{\"profile\":\"LINUX\",\"program\":[{\"step\":\"HALT\"}]}");

        agent.post(REALMS, body.json())
                .expectErrors(422, "invalid-request", "spec.guest.program: must be absent beside a profile");
    }

    @Test
    void theRulesOfTheMachineAreAnsweredAsPathsInTheRequest() {
        var body = LaunchBody.of(agent)
                .memslots(
                        "[{\"base\":\"0x80000000\",\"size\":\"0x1000000\"},{\"base\":\"0x80800800\",\"size\":\"0x1000\"}]");

        var problem = agent.post(REALMS, body.json()).expectProblem(422, "invalid-request");

        assertThat(Answer.errors(problem))
                .anyMatch(error -> error.startsWith("spec.memslots[1]") && error.contains("multiples of 0x1000"))
                .anyMatch(error -> error.startsWith("spec.memslots[1]") && error.contains("overlaps memslots[0]"));
    }

    @Test
    void anImageThatIsLargerThanItsSlotIsNamed() {
        var body = LaunchBody.of(agent).memslots("[{\"base\":\"0x80000000\",\"size\":\"0x8000\"}]");

        var problem = agent.post(REALMS, body.json()).expectProblem(422, "invalid-request");

        assertThat(Answer.errors(problem)).anyMatch(error -> error.startsWith("spec.images[0]: the image takes"));
    }

    @Test
    void rangesOfThePlanAreHeldAgainstTheSpec() {
        var body = LaunchBody.of(agent)
                .ripasMode(
                        "{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":[{\"base\":\"0x80000000\",\"size\":\"0x2000000\"}]}");

        var problem = agent.post(REALMS, body.json()).expectProblem(422, "invalid-request");

        assertThat(Answer.errors(problem)).singleElement().asString().startsWith("plan.ripasMode.ranges[0]: ");
    }

    @Test
    void aRefusedRequestLeavesItsLaunchIdUnused() {
        var id = UUID.randomUUID().toString();
        agent.post(REALMS, LaunchBody.of(agent).launchId(id).memslots("[]").json())
                .expectProblem(422, "invalid-request");

        var launched =
                agent.post(REALMS, LaunchBody.of(agent).launchId(id).json()).expect(201);

        agent.delete(launched.header("location")).expect(200);
    }

    @Test
    void aPathThatIsNotThereIsAProblemToo() {
        var answer = agent.send(agent.request("/v2/machines").GET().build());

        assertThat(answer.expectProblem(404, "not-found").path("instance").stringValue())
                .isEqualTo("/v2/machines");
        agent.send(agent.request("/").GET().build()).expectProblem(404, "not-found");
        agent.send(agent.request("/error").GET().build()).expectProblem(404, "not-found");
        agent.send(agent.request("/actuator/env").GET().build()).expectProblem(404, "not-found");
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsAProblemThatNamesThoseItHas() {
        var answer =
                agent.send(agent.request("/v1/machines/rich/reboot").DELETE().build());

        answer.expectProblem(405, "method-not-allowed");
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    @Test
    void aBodyThatIsNotSaidToBeJsonIsNotRead() {
        agent.exchange(
                        agent.request(REALMS)
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")),
                        "{}")
                .expectProblem(415, "unsupported-media-type");
    }

    @Test
    void anAnswerThatTheCallerDoesNotAcceptIsAProblem() {
        for (var path : List.of("/v1/machines", "/v1/machines/rich")) {
            agent.exchange(agent.request(path).header("Accept", "image/png").GET(), "")
                    .expectProblem(406, "not-acceptable");
        }
    }

    @Test
    void healthIsAllThatTheActuatorTells() {
        var health = agent.send(agent.request("/actuator/health").GET().build());

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").stringValue()).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/machines HTTP/1.1\r\n\r\n",
                "GET /v1/machines HTTP/7.5\r\nHost: localhost\r\n\r\n",
                "G\tT /v1/machines HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void whatIsNoHttpIsAnsweredWithAProblemToo(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Content-Type: application/problem+json", "unreadable-request")
                    .doesNotContain("<html", "Tomcat");
        }
    }
}
