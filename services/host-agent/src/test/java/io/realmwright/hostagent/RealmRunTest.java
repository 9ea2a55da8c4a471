package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of realms that were launched: they run, have an outcome, and are torn down. */
class RealmRunTest {
    private static final String LAST_GRANULE = "0x80fff000";

    private final Agent agent = Agent.shared();
    private final Realms realms = new Realms(agent, "rich");

    @AfterEach
    void leaveTheMachineAsItWas() {
        agent.post("/v1/machines/rich/reboot").expect(200);
    }

    @Test
    void aGuestThatSetsUpRsiFirstBootsAndItsTraceGrows() {
        var realm = realms.launch(LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));
        int linesBefore = realms.trace(realm).size();

        var ran = realms.run(realm);

        assertThat(ran.path("state").stringValue()).isEqualTo("RUNNING");
        assertThat(ran.path("outcome").toString()).isEqualTo("{\"kind\":\"BOOTED\"}");
        assertThat(ran.path("rmiCalls").path("RMI_RTT_SET_RIPAS").longValue()).isPositive();
        assertThat(realms.trace(realm)).hasSizeGreaterThan(linesBefore);
    }

    @Test
    void aGuestThatFaultsOnEmptyMemoryHasAnOutcomeThatNoHostWouldSee() {
        var realm = realms.launch(LaunchBody.of(agent).profile("LINUX").ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));

        var outcome = realms.run(realm).path("outcome");

        assertThat(outcome.path("kind").stringValue()).isEqualTo("FAULTED");
        assertThat(outcome.path("access").stringValue()).isEqualTo("WRITE");
        assertThat(outcome.path("ipa").stringValue()).isEqualTo(LAST_GRANULE);
        assertThat(outcome.path("hipas").stringValue()).isEqualTo("UNASSIGNED");
        assertThat(outcome.path("ripas").stringValue()).isEqualTo("EMPTY");
        assertThat(outcome.path("visibleToHost").booleanValue()).isFalse();
    }

    @Test
    void aRejectedGuestIsStalledAndSaysWhy() {
        var realm = realms.launch(LaunchBody.of(agent).verdict("{\"kind\":\"REJECT\"}"));

        assertThat(realms.run(realm).path("outcome").toString())
                .isEqualTo("{\"kind\":\"STALLED\",\"reason\":\"RIPAS_REJECTED\"}");
    }

    @Test
    void theDeployersRangesAreCarriedOutAndAnsweredInTheirOrder() {
        var ranges =
                "[{\"base\":\"0x80800000\",\"size\":\"0x800000\"},{\"base\":\"0x80000000\",\"size\":\"0x800000\"}]";

        var realm = realms.launch(LaunchBody.of(agent)
                .profile("LINUX")
                .ripasMode("{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":" + ranges + "}"));

        assertThat(realm.path("plan").path("ripasMode").path("ranges").toString())
                .isEqualTo(ranges);
        assertThat(realms.run(realm).path("outcome").path("kind").stringValue()).isEqualTo("BOOTED");
    }

    @Test
    void aProgramOfTheDeployersRuns() {
        var program = """
                {"program":[
                  {"step":"DETECT_RSI"},
                  {"step":"READ_REALM_CONFIG","buffer":"0x80001000"},
                  {"step":"DECLARE_RAM","base":"0x80000000","size":"0x1000000","changeDestroyed":false},
                  {"step":"TOUCH","access":"READ","ipa":"0x80000000"},
                  {"step":"MEASURE_RIPAS","rem":1,"base":"0x80000000","size":"0x1000000"},
                  {"step":"EXTEND_REM","rem":2,"value":"c0ffee"},
                  {"step":"RELEASE_RAM","base":"0x80f00000","size":"0x1000"},
                  {"step":"POWER_OFF"}]}""";
        var realm = realms.launch(LaunchBody.of(agent).guest(program));

        var ran = realms.run(realm);

        assertThat(ran.path("outcome").toString()).isEqualTo("{\"kind\":\"POWERED_OFF\"}");
        assertThat(ran.path("spec").path("guest").path("program").findValuesAsString("step"))
                .containsExactly(
                        "DETECT_RSI",
                        "READ_REALM_CONFIG",
                        "DECLARE_RAM",
                        "TOUCH",
                        "MEASURE_RIPAS",
                        "EXTEND_REM",
                        "RELEASE_RAM",
                        "POWER_OFF");
        var rems = agent.get(path(realm) + "/measurements").expect(200).json().path("rems");
        var untouched = "00".repeat(32);
        assertThat(rems.get(0).stringValue()).isNotEqualTo(untouched);
        assertThat(rems.get(1).stringValue()).isNotEqualTo(untouched);
        assertThat(rems.get(2).stringValue()).isEqualTo(untouched);
        assertThat(rems.get(3).stringValue()).isEqualTo(untouched);
    }

    @Test
    void runningAgainAnswersTheSameAndCallsNothing() {
        var realm = realms.launch(LaunchBody.of(agent));
        var first = realms.run(realm);

        assertThat(realms.run(realm)).isEqualTo(first);
    }

    @Test
    void aHostThatCannotServeItsGuestIsAnOutcomeWithTheRefusal() {
        var realm = realms.launch(LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));
        agent.put("/v1/machines/rich/faults", """
                {"faults":[{"command":"RMI_RTT_SET_RIPAS","nth":1,
                            "action":{"kind":"REFUSE","status":"RMI_ERROR_INPUT"}}]}""").expect(200);

        var outcome = realms.run(realm).path("outcome");

        assertThat(outcome.path("kind").stringValue()).isEqualTo("HOST_FAILED");
        assertThat(outcome.path("rmi").path("command").stringValue()).isEqualTo("RMI_RTT_SET_RIPAS");
        assertThat(outcome.path("rmi").path("status").stringValue()).isEqualTo("RMI_ERROR_INPUT");
    }

    @Test
    void deletingARealmGivesItsGranulesBackAndKeepsItsRecord() {
        long free = realms.machine().path("freeGranules").longValue();
        var realm = realms.launch(LaunchBody.of(agent));
        assertThat(realms.machine().path("freeGranules").longValue()).isLessThan(free);
        assertThat(realms.machine().path("realms").intValue()).isOne();

        var deleted = agent.delete(path(realm)).expect(200).json();

        assertThat(deleted.path("state").stringValue()).isEqualTo("STOPPED");
        assertThat(deleted.path("rim")).isEqualTo(realm.path("rim"));
        assertThat(deleted.path("rmiCalls").path("RMI_REALM_DESTROY").longValue())
                .isOne();
        assertThat(realms.machine().path("freeGranules").longValue()).isEqualTo(free);
        assertThat(realms.machine().path("realms").intValue()).isZero();
        assertThat(agent.delete(path(realm)).expect(200).json()).isEqualTo(deleted);
        assertThat(realms.trace(realm)).anyMatch(line -> line.startsWith("{\"call\":\"RMI_REALM_DESTROY\""));
    }

    @Test
    void aDeletedRealmCannotBeRunOrLookedAt() {
        var realm = realms.launch(LaunchBody.of(agent));
        agent.delete(path(realm)).expect(200);

        var notRunnable = agent.post(path(realm) + "/run").expectProblem(409, "realm-not-runnable");
        var gone = agent.get(path(realm) + "/memory").expectProblem(409, "realm-gone");

        assertThat(notRunnable.path("state").stringValue()).isEqualTo("STOPPED");
        assertThat(gone.path("state").stringValue()).isEqualTo("STOPPED");
        agent.get(path(realm) + "/measurements").expectProblem(409, "realm-gone");
        assertThat(agent.get(path(realm)).expect(200).json().path("state").stringValue())
                .isEqualTo("STOPPED");
    }

    @Test
    void granulesThatTheRmmKeepsAreCountedAsLeaked() {
        var realm = realms.launch(LaunchBody.of(agent));
        agent.put("/v1/machines/rich/faults", """
                {"faults":[{"command":"RMI_GRANULE_RANGE_UNDELEGATE","nth":1,
                            "action":{"kind":"REFUSE","status":"RMI_ERROR_INPUT"}}]}""").expect(200);

        var deleted = agent.delete(path(realm)).expect(200).json();

        assertThat(deleted.path("leakedGranules").longValue()).isOne();
        assertThat(realms.machine().path("leakedGranules").longValue()).isOne();
    }
}
