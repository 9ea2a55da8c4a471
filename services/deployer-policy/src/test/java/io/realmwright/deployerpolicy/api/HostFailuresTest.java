package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever an agent does, the realm says what happened, nothing is launched twice, and nobody gets a 500. */
class HostFailuresTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final HostProfile V10 = HostProfile.RMM_1_0_KVM_RME_V10;
    private static final String LAUNCH = "POST /v1/machines/m0/realms";
    private static final String RUN_SUFFIX = "/run";

    @Test
    void aRealmWithoutCandidateHostWaitsForOne() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        JsonNode waiting = scenario.create("r", policy, spec("LINUX")).path("status");
        assertThat(waiting.path("phase").asString()).isEqualTo("PENDING");
        assertThat(waiting.path("reason").asString()).isEqualTo("NO_HOST");

        scenario.host("late", V14);

        JsonNode status = scenario.awaitOutcome("r").path("status");
        assertThat(status.path("host").asString()).isEqualTo(scenario.name("late"));
    }

    @Test
    void aRealmThatNoHostCanTakeSaysWhyForEachAndWaitsForOneThatCan() {
        scenario.host("v10", V10);
        scenario.host("v14", V14);
        String policy = scenario.policy("p", GUEST_DECLARES, "REJECT");
        scenario.create("r", policy, spec("LINUX_EARLY_RSI"));

        JsonNode status = scenario.awaitRealm(
                        "r",
                        realm -> realm.path("status").path("reason").asString().equals("UNPLACEABLE"))
                .path("status");
        assertThat(status.path("phase").asString()).isEqualTo("DECIDED");
        assertThat(status.path("refusedHosts"))
                .isEqualTo(Answer.tree("""
                [{"host":"%s","reasons":["VERDICT_UNAVAILABLE"],"message":"the host's KVM UABI cannot give this run-time verdict"},
                 {"host":"%s","reasons":["MODE_UNAVAILABLE","VERDICT_UNAVAILABLE"],
                  "message":"the host's KVM UABI cannot declare memory in this mode; the host's KVM UABI cannot give this run-time verdict"}]""".formatted(scenario.name("v10"), scenario.name("v14"))));
        JsonNode placement =
                client.get("/v1/realms/" + scenario.name("r") + "/placement").json();
        assertThat(placement.path("refusedHosts")).isEqualTo(status.path("refusedHosts"));

        scenario.host("x", INIT_RIPAS);
        assertThat(scenario.awaitOutcome("r").path("status").path("host").asString())
                .isEqualTo(scenario.name("x"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'kind':'HOST_ALL_MEMSLOTS'} | {'kind':'ACCEPT'} | true  | SHA_256 | GRANT_NOT_IN_TOKEN",
                "{'kind':'HOST_ALL_MEMSLOTS'} | {'kind':'ACCEPT'} | false | SHA_512 | HASH_UNAVAILABLE",
                "{'kind':'HOST_ALL_MEMSLOTS'} | {'kind':'ACCEPT_RANGES','ranges':[{'slot':0,'part':'ALL'}]} | false | SHA_256 | VERDICT_UNAVAILABLE",
                "{'kind':'DEPLOYER_RANGES','ranges':[{'slot':0,'part':'ALL'}]} | {'kind':'ACCEPT'} | false | SHA_256 | MODE_UNAVAILABLE",
            })
    void whatV14CannotDoIsUnplaceableThereAndPossibleOnInitRipas(
            String mode, String verdict, String binding, String hash, String reason) {
        scenario.host("v14", V14);
        String policy = scenario.rules(
                "p", rule("only", "true", """
                {"kind":"ALLOW","ripasMode":%s,"verdict":%s,"requireGrantBinding":%s}""".formatted(mode, verdict, binding).replace('\'', '"')));
        String spec = spec("LINUX").replace("\"guest\"", "\"hashAlgorithm\":\"" + hash + "\",\"guest\"");
        scenario.create("r", policy, spec);

        JsonNode refused = scenario.awaitRealm(
                        "r", realm -> realm.path("status").path("refusedHosts").size() == 1)
                .path("status");
        assertThat(refused.path("reason").asString()).isEqualTo("UNPLACEABLE");
        assertThat(refused.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"" + reason + "\"]"));

        scenario.host("x", INIT_RIPAS);
        assertThat(scenario.awaitOutcome("r").path("status").path("rim").asString())
                .hasSize(hash.equals("SHA_512") ? 128 : 64);
    }

    @Test
    void aCordonedHostTakesNoFurtherRealm() {
        scenario.host("a", V14);
        assertThat(client.post("/v1/hosts/" + scenario.name("a") + "/cordon")
                        .json()
                        .path("scheduling")
                        .asString())
                .isEqualTo("CORDONED");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        JsonNode status = scenario.awaitRealm(
                        "r", realm -> realm.path("status").path("refusedHosts").size() == 1)
                .path("status");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"CORDONED\"]"));

        client.post("/v1/hosts/" + scenario.name("a") + "/uncordon");

        scenario.awaitOutcome("r");
    }

    @Test
    void aRealmTooBigForItsHostIsNotSentThere() {
        scenario.host("small", V14);
        String spec = """
                {"memslots":[{"base":"0x80000000","size":"0x80000000"}],
                 "images":[{"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x80000000","measured":false},
                           {"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x84000000","measured":false},
                           {"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x88000000","measured":false},
                           {"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x8c000000","measured":false}],
                 "guest":{"profile":"LINUX"}}""";
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        for (int i = 0; i < 3; i++) {
            scenario.create("r" + i, policy, spec);
            scenario.awaitOutcome("r" + i);
        }
        scenario.create("r3", policy, spec);

        JsonNode status = scenario.awaitRealm(
                        "r3", realm -> realm.path("status").path("refusedHosts").size() == 1)
                .path("status");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"OUT_OF_GRANULES\"]"));

        client.post("/v1/realms/" + scenario.name("r0") + "/stop");
        scenario.awaitOutcome("r3");
    }

    @Test
    void aRefusalOfTheRmmIsToldVerbatim() {
        var agent = scenario.host("a", V14);
        agent.refuseOnce(LAUNCH, 409, "rmi-refused", """
                "step":"INIT_RIPAS","rmi":{"command":"RMI_RTT_INIT_RIPAS","status":"RMI_ERROR_RTT","index":2,"ipa":"0x80000000"}""");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode status = scenario.awaitPhase("r", "FAILED").path("status");

        assertThat(status.path("reason").asString()).isEqualTo("RMI_REFUSED");
        assertThat(status.path("failure")).isEqualTo(Answer.tree("""
                {"reason":"RMI_REFUSED","message":"The agent says rmi-refused.","step":"INIT_RIPAS",
                 "rmi":{"command":"RMI_RTT_INIT_RIPAS","status":"RMI_ERROR_RTT","index":2,"ipa":"0x80000000"}}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "409, plan-unavailable, PLAN_UNAVAILABLE",
        "403, grant-refused, GRANT_REFUSED",
        "422, invalid-request, INVALID_REQUEST",
        "400, unreadable-request, UNREADABLE_REQUEST"
    })
    void aRefusalThatNoRetryCuresFailsTheRealm(int status, String slug, String reason) {
        var agent = scenario.host("a", V14);
        agent.refuseOnce(LAUNCH, status, slug, "\"reasons\":[\"SOMETHING\"]");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode failure = scenario.awaitPhase("r", "FAILED").path("status").path("failure");

        assertThat(failure)
                .isEqualTo(Answer.tree(
                        "{\"reason\":\"%s\",\"message\":\"The agent says %s. (SOMETHING)\"}".formatted(reason, slug)));
    }

    @Test
    void anExpiredGrantIsReplacedByANewOne() {
        var agent = scenario.host("a", V14);
        agent.refuseOnce(LAUNCH, 403, "grant-refused", "\"reason\":\"EXPIRED\"");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        scenario.awaitOutcome("r");

        assertThat(agent.launches()).hasSize(1);
        assertThat(agent.calls().stream().filter(LAUNCH::equals)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out-of-granules", "out-of-vmids"})
    void aHostWithoutRoomIsTriedAgainWithANewLaunch(String problem) {
        var agent = scenario.host("a", V14);
        agent.refuseOnce(LAUNCH, 409, problem, "");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        assertThat(scenario.awaitOutcome("r")
                        .path("status")
                        .path("outcome")
                        .path("kind")
                        .asString())
                .isEqualTo("BOOTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {LAUNCH, "HEAD /v1/images/", "PUT /v1/images/"})
    void aCallThatGetsNoAnswerIsMadeAgain(String call) {
        var agent = scenario.host("a", V14);
        agent.once(call, exchange -> {
            exchange.close();
            return false;
        });
        agent.once(call, exchange -> {
            AgentStub.answer(exchange, 503, "text/html", "<h1>Busy</h1>");
            return false;
        });
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode status = scenario.awaitOutcome("r").path("status");

        assertThat(status.path("outcome").path("kind").asString()).isEqualTo("BOOTED");
        assertThat(agent.launches()).hasSize(1);
    }

    @Test
    void aLaunchWhoseAnswerGotLostIsNotMadeTwice() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        agent.once(LAUNCH, exchange -> {
            agent.launchUnheard(exchange);
            return false;
        });
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode status = scenario.awaitOutcome("r").path("status");

        assertThat(agent.launches()).hasSize(2);
        assertThat(agent.launches().get(0)).isEqualTo(agent.launches().get(1));
        assertThat(agent.freeGranules())
                .isEqualTo(free - status.path("forecast").path("granules").asLong());
    }

    @Test
    void aLaunchThatTheAgentIsStillBusyWithIsWaitedFor() {
        var agent = scenario.host("a", V14);
        agent.refuseOnce(LAUNCH, 409, "launch-id-used", "");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        scenario.awaitOutcome("r");

        assertThat(agent.calls().stream().filter(LAUNCH::equals)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"id\":\"x\"}",
                "{\"id\":\"00000000-0000-0000-0000-000000000001\",\"state\":\"HAPPY\"}"
            })
    void anAnswerAgainstTheContractIsNoAnswer(String nonsense) {
        var agent = scenario.host("a", V14);
        agent.once(LAUNCH, exchange -> {
            AgentStub.answer(exchange, 201, "application/json", nonsense);
            return false;
        });
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        assertThat(scenario.awaitOutcome("r")
                        .path("status")
                        .path("outcome")
                        .path("kind")
                        .asString())
                .isEqualTo("BOOTED");
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswerAndTheRealmIsLaunchedOnce() throws Exception {
        var agent = scenario.host("a", V14);
        agent.once(LAUNCH, exchange -> {
            exchange.sendResponseHeaders(201, 1000);
            exchange.getResponseBody().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
            exchange.close();
            return false;
        });
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode realm = scenario.awaitOutcome("r");

        assertThat(agent.launches()).hasSize(1);
        assertThat(realm.path("status").path("conditions").valueStream())
                .anySatisfy(condition -> assertThat(condition.path("type").asString() + " "
                                + condition.path("reason").asString())
                        .isEqualTo("HOST_REACHABLE ANSWERS"));
    }

    @Test
    void anAgentThatIsSilentIsTimedOutAndTheRealmSaysSo() {
        var agent = scenario.host("a", V14);
        var release = new CountDownLatch(1);
        // Silent to every further attempt, too, for as long as this test looks.
        for (int attempt = 0; attempt < 20; attempt++) {
            agent.once(LAUNCH, exchange -> {
                awaitQuietly(release);
                return true;
            });
        }
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode status = scenario.awaitRealm(
                        "r",
                        realm ->
                                realm.path("status").path("reason").asString("").equals("TIMED_OUT"))
                .path("status");
        assertThat(status.path("phase").asString()).isEqualTo("LAUNCHING");
        release.countDown();

        scenario.awaitOutcome("r");
        JsonNode reachable = scenario.get("r")
                .path("status")
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals("HOST_REACHABLE"))
                .findFirst()
                .orElseThrow();
        assertThat(reachable.path("status").asString()).isEqualTo("TRUE");
    }

    @Test
    void aRebootLosesTheRealmsOfTheHost() {
        var agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        agent.reboot();

        JsonNode status = scenario.awaitPhase("r", "LOST").path("status");
        assertThat(status.path("reason").asString()).isEqualTo("HOST_REBOOTED");
        assertThat(status.path("rim").asString()).hasSize(64);
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/memory").problem())
                .isEqualTo("realm-gone");
    }

    @Test
    void aRealmThatIsToSurviveALossIsDecidedAndLaunchedAnewWithANewGrant() {
        var agent = scenario.host("a", V14);
        scenario.create(
                "r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"), ",\"restartPolicy\":\"ON_HOST_LOSS\"");
        JsonNode before = scenario.awaitOutcome("r").path("status");

        agent.reboot();

        JsonNode after = scenario.awaitRealm(
                        "r",
                        realm -> realm.path("status").has("outcome")
                                && !realm.path("status").path("launchId").equals(before.path("launchId")))
                .path("status");
        assertThat(after.path("phase").asString()).isEqualTo("RUNNING");
        assertThat(after.path("grantId")).isNotEqualTo(before.path("grantId"));
        assertThat(after.path("decisionId")).isNotEqualTo(before.path("decisionId"));
        assertThat(after.path("bootId").asString()).isEqualTo(agent.bootId().toString());
    }

    @Test
    void aRealmThatThePolicyHasComeToDenyIsNotLaunchedAgain() {
        var agent = scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r", policy, spec("LINUX"), ",\"restartPolicy\":\"ON_HOST_LOSS\"");
        scenario.awaitOutcome("r");
        client.put(
                "/v1/policies/" + policy,
                "{\"rules\":[" + rule("none", "true", deny("Not any more.")) + "]}",
                "If-Match",
                "\"2\"");
        client.post("/v1/policies/" + policy + "/revisions/2/publish", "", "If-Match", "\"3\"");

        agent.reboot();

        JsonNode status = scenario.awaitPhase("r", "DENIED").path("status");
        assertThat(status.path("message").asString()).isEqualTo("Not any more.");
        assertThat(agent.launches()).hasSize(1);
    }

    @Test
    void aWaitingRealmIsDecidedAnewWhenItsPolicyChanges() {
        scenario.host("v14", V14);
        String policy = scenario.policy("p", GUEST_DECLARES, "ACCEPT");
        scenario.create("r", policy, spec("LINUX"));
        scenario.awaitRealm(
                "r", realm -> realm.path("status").path("refusedHosts").size() == 1);
        client.put(
                "/v1/policies/" + policy,
                "{\"rules\":[" + rule("all", "true", allow(HOST_ALL, "ACCEPT")) + "]}",
                "If-Match",
                "\"2\"");
        client.post("/v1/policies/" + policy + "/revisions/2/publish", "", "If-Match", "\"3\"");

        scenario.awaitOutcome("r");
    }

    @Test
    void anUnreachableHostIsNotReadyAndItsRealmsStayAsTheyAre() {
        var agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        scenario.register("b", "http://127.0.0.1:1");
        JsonNode unreachable =
                scenario.awaitHost("b", host -> host.path("reason").asString().equals("UNREACHABLE"));
        assertThat(unreachable.path("status").asString()).isEqualTo("NOT_READY");
        assertThat(unreachable.has("report")).isFalse();

        agent.pause();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("NOT_READY"));
        assertThat(scenario.get("r").path("status").path("phase").asString()).isEqualTo("RUNNING");
        Answer memory = client.get("/v1/realms/" + scenario.name("r") + "/memory");
        assertThat(memory.status()).isIn(502, 504);
        agent.resume();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("READY"));
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/memory").status())
                .isEqualTo(200);
    }

    @Test
    void aRealmThatIsStoppedWhileItsHostIsSilentStopsWhenTheHostIsBack() {
        var agent = scenario.host("a", V14);
        long free = agent.freeGranules();
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");
        agent.pause();

        client.post("/v1/realms/" + scenario.name("r") + "/stop");
        JsonNode status = scenario.awaitRealm(
                        "r",
                        realm -> realm.path("status").path("reason").asString().equals("AGENT_ERROR"))
                .path("status");
        assertThat(status.path("phase").asString()).isEqualTo("RUNNING");
        agent.resume();

        scenario.awaitPhase("r", "STOPPED");
        assertThat(agent.freeGranules()).isEqualTo(free);
    }

    @Test
    void aRealmThatIsDeletedBeforeItHasAHostIsGoneAtOnce() {
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        client.delete("/v1/realms/" + scenario.name("r"));

        scenario.awaitRealm("r", realm -> realm.path("status").asInt(0) == 404);
    }

    @Test
    void aRunThatIsRefusedIsLookedInto() {
        var agent = scenario.host("a", V14);
        agent.refuseOnceEndingWith(RUN_SUFFIX, 409, "realm-not-runnable", "");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        assertThat(scenario.awaitOutcome("r")
                        .path("status")
                        .path("outcome")
                        .path("kind")
                        .asString())
                .isEqualTo("BOOTED");
    }

    @Test
    void aRealmThatTheAgentDoesNotKnowAnyMoreIsLost() {
        var agent = scenario.host("a", V14);
        agent.refuseOnceEndingWith(RUN_SUFFIX, 404, "unknown-realm", "");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        scenario.awaitPhase("r", "LOST");
    }

    @Test
    void aHostThatNeverComesBackCanBeRemovedByForceAndItsRealmsAreLost() {
        var agent = scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r1", policy, spec("LINUX"));
        scenario.create("r2", policy, spec("LINUX"));
        scenario.awaitOutcome("r1");
        scenario.awaitOutcome("r2");
        agent.close();
        client.delete("/v1/realms/" + scenario.name("r2"));
        scenario.awaitRealm(
                "r2", realm -> realm.path("status").path("reason").asString("").equals("UNREACHABLE"));
        assertThat(client.delete("/v1/hosts/" + scenario.name("a")).problem()).isEqualTo("host-in-use");

        Answer removed = client.delete("/v1/hosts/" + scenario.name("a") + "?force=true");

        assertThat(removed.status()).isEqualTo(200);
        scenario.awaitRealm("r2", realm -> realm.path("status").asInt(0) == 404);
        JsonNode lost = scenario.awaitPhase("r1", "LOST").path("status");
        assertThat(lost.path("reason").asString()).isEqualTo("HOST_REMOVED");
    }

    @Test
    void aRealmIsNotPlacedOnAHostThatDoesNotAnswer() {
        var agent = scenario.host("a", V14);
        agent.pause();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("NOT_READY"));
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode status = scenario.awaitRealm(
                        "r", realm -> realm.path("status").path("refusedHosts").size() == 1)
                .path("status");
        assertThat(status.path("reason").asString()).isEqualTo("UNPLACEABLE");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"HOST_NOT_READY\"]"));

        agent.resume();
        scenario.awaitOutcome("r");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
