package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
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

/** Whatever an agent answers, the realm says what happened, nothing is launched twice, and nobody gets a 500. */
class AgentAnswersTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final String LAUNCH = "POST /v1/machines/m0/realms";
    private static final String RUN_SUFFIX = "/run";

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

        assertThat(outcome()).isEqualTo("BOOTED");
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

        assertThat(outcome()).isEqualTo("BOOTED");
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
    void aRunThatIsRefusedIsLookedInto() {
        var agent = scenario.host("a", V14);
        agent.refuseOnceEndingWith(RUN_SUFFIX, 409, "realm-not-runnable", "");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        assertThat(outcome()).isEqualTo("BOOTED");
    }

    /** What the run of the realm r came to, once it has. */
    private String outcome() {
        return scenario.awaitOutcome("r")
                .path("status")
                .path("outcome")
                .path("kind")
                .asString();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
