package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineTest {
    private static final String REALMS = "/v1/machines/rich/realms";

    private Agent agent;
    private Realms realms;

    @BeforeAll
    void start() {
        agent = Agent.start(Database.create(), "--realmwright.agent.machine-patience=300ms");
        realms = new Realms(agent, "rich");
    }

    @AfterAll
    void stop() {
        agent.close();
    }

    @BeforeEach
    void reboot() {
        agent.post("/v1/machines/rich/reboot").expect(200);
    }

    @Test
    void aMachineTellsWhatItIsAndThatItIsSimulated() {
        var machine = new Realms(agent, "plain").machine();

        assertThat(machine.path("profile").stringValue()).isEqualTo("rmm-2.0+kvm-rmi-v14");
        assertThat(machine.path("rmmVersion").stringValue()).isEqualTo("2.0");
        assertThat(machine.path("simulated").booleanValue()).isTrue();
        assertThat(machine.path("dramBytes").stringValue()).isEqualTo("0x40000000");
        assertThat(machine.path("features")).hasSize(5);
        assertThat(machine.path("granules").path("NS").longValue()).isPositive();
        assertThat(machine.path("leakedGranules").longValue()).isZero();
        assertThat(machine.path("realms").intValue()).isZero();
    }

    @Test
    void machinesAreListedInTheOrderInWhichTheyAreSetUp() {
        var machines = agent.get("/v1/machines").expect(200).json().path("machines");

        assertThat(machines.findValuesAsString("name")).containsExactly("old", "plain", "rich");
        assertThat(machines.get(1)).isEqualTo(new Realms(agent, "plain").machine());
    }

    @Test
    void capabilitiesAreThoseOfTheProfile() {
        assertThat(new Realms(agent, "old").machine().path("capabilities").toString())
                .isEqualTo("{\"ripasModes\":[\"HOST_ALL_MEMSLOTS\",\"DEPLOYER_RANGES\",\"GUEST_DECLARES\"],"
                        + "\"verdicts\":[\"ACCEPT\",\"WITHHOLD\"],"
                        + "\"hashAlgorithms\":[\"SHA_256\",\"SHA_512\"],\"rpv\":true}");
        assertThat(new Realms(agent, "plain").machine().path("capabilities").toString())
                .isEqualTo("{\"ripasModes\":[\"HOST_ALL_MEMSLOTS\"],\"verdicts\":[\"ACCEPT\",\"WITHHOLD\"],"
                        + "\"hashAlgorithms\":[\"SHA_256\"],\"rpv\":false}");
        assertThat(realms.machine().path("capabilities").toString())
                .isEqualTo("{\"ripasModes\":[\"HOST_ALL_MEMSLOTS\",\"DEPLOYER_RANGES\",\"GUEST_DECLARES\"],"
                        + "\"verdicts\":[\"ACCEPT\",\"WITHHOLD\",\"REJECT\",\"ACCEPT_RANGES\"],"
                        + "\"hashAlgorithms\":[\"SHA_256\",\"SHA_512\"],\"rpv\":true}");
    }

    /** The fuzz test found a machine that was booted anew for somebody who was told 406. */
    @Test
    void whoeverTakesNoJsonIsRefusedBeforeAnythingIsDone() {
        String boot = realms.machine().path("bootId").stringValue();

        agent.exchange(
                        agent.request("/v1/machines/rich/reboot")
                                .POST(BodyPublishers.noBody())
                                .header("Accept", "text/html"),
                        "")
                .expect(406);

        assertThat(realms.machine().path("bootId").stringValue()).isEqualTo(boot);
    }

    @Test
    void aMachineThatIsNotHereIsUnknownToEveryOperation() {
        agent.get("/v1/machines/none").expectProblem(404, "unknown-machine");
        agent.post("/v1/machines/none/reboot").expectProblem(404, "unknown-machine");
        agent.get("/v1/machines/none/realms").expectProblem(404, "unknown-machine");
        agent.post("/v1/machines/none/realms", "{}").expectProblem(404, "unknown-machine");
        agent.get("/v1/machines/none/realms/x").expectProblem(404, "unknown-machine");
        agent.get("/v1/machines/none/faults").expectProblem(404, "unknown-machine");
        agent.put("/v1/machines/none/faults", "{}").expectProblem(404, "unknown-machine");
    }

    @Test
    void aRebootGivesANewBootIdAndLosesTheRealms() {
        var active = launch();
        var running = launch();
        agent.post(path(running) + "/run").expect(200);
        var stopped = launch();
        agent.delete(path(stopped)).expect(200);

        var rebooted = agent.post("/v1/machines/rich/reboot").expect(200).json();

        assertThat(rebooted.path("bootId")).isNotEqualTo(active.path("bootId"));
        assertThat(rebooted.path("realms").intValue()).isZero();
        assertThat(rebooted).isEqualTo(realms.machine());
        assertThat(realms.state(active)).isEqualTo("LOST");
        assertThat(realms.state(running)).isEqualTo("LOST");
        assertThat(realms.state(stopped)).isEqualTo("STOPPED");
        var lost = agent.get(path(active)).json();
        assertThat(lost.path("rim")).isEqualTo(active.path("rim"));
        agent.post(path(active) + "/run").expectProblem(409, "realm-not-runnable");
        agent.get(path(active) + "/memory").expectProblem(409, "realm-gone");
        assertThat(agent.delete(path(active)).expect(200).json()).isEqualTo(lost);
    }

    @Test
    void aRebootOfOneMachineLeavesTheOthersAlone() {
        var elsewhere = new Realms(agent, "plain").launch(LaunchBody.of(agent));

        agent.post("/v1/machines/rich/reboot").expect(200);

        assertThat(realms.state(elsewhere)).isEqualTo("ACTIVE");
        agent.post(path(elsewhere) + "/run").expect(200);
        agent.delete(path(elsewhere)).expect(200);
    }

    @Test
    void powerLostDuringARunLosesTheRealmsAndKeepsTheTraceUpToThere() {
        var realm = launch();
        var other = launch();
        faults("RMI_REC_ENTER", "{\"kind\":\"POWER_LOSS\"}");
        var boot = realms.machine().path("bootId");

        var answer = agent.post(path(realm) + "/run");

        answer.expectProblem(503, "machine-lost-power");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(realms.machine().path("bootId")).isNotEqualTo(boot);
        assertThat(realms.state(realm)).isEqualTo("LOST");
        assertThat(realms.state(other)).isEqualTo("LOST");
        assertThat(agent.get("/v1/machines/rich/faults").json().path("faults")).isEmpty();
        assertThat(agent.get(path(launch())).expect(200).json().path("state").stringValue())
                .as("the machine works again")
                .isEqualTo("ACTIVE");
    }

    @Test
    void powerLostDuringALaunchUsesItsLaunchIdUpAndKeepsTheTraceUpToThere() {
        faults("RMI_REALM_ACTIVATE", "{\"kind\":\"POWER_LOSS\"}");
        var body = LaunchBody.of(agent);

        agent.post(REALMS, body.json()).expectProblem(503, "machine-lost-power");

        var lost = agent.post(REALMS, body.json()).expect(200).json();
        assertThat(lost.path("state").stringValue()).isEqualTo("LOST");
        assertThat(lost.path("steps").findValuesAsString("step"))
                .containsExactly("CONFIG_REALM", "CREATE_REALM", "POPULATE", "CREATE_RECS", "INIT_RIPAS");
        assertThat(lost.path("rmiCallsTotal").longValue()).isPositive();
        assertThat(agent.get(path(lost) + "/trace").body())
                .contains("RMI_REALM_CREATE")
                .doesNotContain("RMI_REALM_ACTIVATE");
        assertThat(realms.machine().path("realms").intValue()).isZero();
    }

    @Test
    void aBusyMachineIsNotWaitedForTooLongAndIsStillShown() {
        var realm = launch();
        faults("RMI_REC_ENTER", "{\"kind\":\"DELAY\",\"duration\":\"PT2S\"}");
        var run = CompletableFuture.supplyAsync(() -> agent.post(path(realm) + "/run"));
        awaitState(realm, "RUNNING");

        var answer = agent.post(REALMS, LaunchBody.of(agent).json());
        var shown = realms.machine();

        answer.expectProblem(503, "machine-busy");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(shown.path("realms").intValue()).isOne();
        assertThat(run.join().expect(200).json().path("outcome").path("kind").stringValue())
                .isEqualTo("BOOTED");
    }

    @Test
    void aMachineOfItsOwnIsNotHeldUpByABusyOne() {
        var realm = launch();
        faults("RMI_REC_ENTER", "{\"kind\":\"DELAY\",\"duration\":\"PT1S\"}");
        var run = CompletableFuture.supplyAsync(() -> agent.post(path(realm) + "/run"));
        awaitState(realm, "RUNNING");

        var elsewhere = agent.post(
                        "/v1/machines/plain/realms", LaunchBody.of(agent).json())
                .expect(201);

        assertThat(run.isDone()).isFalse();
        run.join().expect(200);
        agent.delete(elsewhere.header("location")).expect(200);
    }

    private void awaitState(JsonNode realm, String expected) {
        Awaitility.await().untilAsserted(() -> assertThat(realms.state(realm)).isEqualTo(expected));
    }

    private void faults(String command, String action) {
        agent.put(
                        "/v1/machines/rich/faults",
                        "{\"faults\":[{\"command\":\"%s\",\"nth\":1,\"action\":%s}]}".formatted(command, action))
                .expect(200);
    }

    private JsonNode launch() {
        return realms.launch(LaunchBody.of(agent));
    }
}
