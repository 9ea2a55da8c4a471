package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RealmLaunchTest {
    private static final String REALMS = "/v1/machines/rich/realms";
    private static final String LAST_GRANULE = "0x80fff000";

    private final Agent agent = Agent.shared();

    @AfterEach
    void leaveTheMachinesAsTheyWere() {
        agent.post("/v1/machines/rich/reboot").expect(200);
        agent.post("/v1/machines/plain/reboot").expect(200);
    }

    @Test
    void aLaunchMakesTheRealmActiveAndIsRecordedStepByStep() {
        var body = LaunchBody.of(agent);

        var answer = agent.post(REALMS, body.json()).expect(201);

        var realm = answer.json();
        var id = realm.path("id").stringValue();
        assertThat(answer.header("location")).isEqualTo(REALMS + "/" + id);
        assertThat(realm.path("state").stringValue()).isEqualTo("ACTIVE");
        assertThat(realm.path("launchId").stringValue()).isEqualTo(body.launchId());
        assertThat(realm.path("name").stringValue()).isEqualTo("demo");
        assertThat(realm.path("machine").stringValue()).isEqualTo("rich");
        assertThat(realm.path("bootId")).isEqualTo(machine("rich").path("bootId"));
        assertThat(realm.path("rim").stringValue()).matches("[0-9a-f]{64}");
        assertThat(realm.path("hashAlgorithm").stringValue()).isEqualTo("SHA_256");
        assertThat(realm.path("outcome").isNull()).isTrue();
        assertThat(realm.path("failure").isNull()).isTrue();
        assertThat(realm.path("leakedGranules").longValue()).isZero();
        assertThat(realm.path("simulated").booleanValue()).isTrue();
        assertThat(realm.path("steps").findValuesAsString("step"))
                .containsExactly("CONFIG_REALM", "CREATE_REALM", "POPULATE", "CREATE_RECS", "INIT_RIPAS", "ACTIVATE");
        assertThat(agent.get(REALMS + "/" + id).expect(200).json()).isEqualTo(realm);
    }

    @Test
    void theCallsOfTheStepsAreTheCallsByCommandAndTheCallsInTheTrace() {
        var realm = launch(LaunchBody.of(agent));

        long bySteps = realm.path("steps")
                .valueStream()
                .mapToLong(step -> step.path("rmiCalls").longValue())
                .sum();
        long byCommand = realm.path("rmiCalls")
                .valueStream()
                .mapToLong(JsonNode::longValue)
                .sum();
        long boot = 1; // a trace begins with the boot of its machine
        long inTrace = trace(realm).stream()
                        .filter(line -> line.startsWith("{\"call\":"))
                        .count()
                - boot;

        assertThat(realm.path("rmiCallsTotal").longValue())
                .isEqualTo(bySteps)
                .isEqualTo(byCommand)
                .isEqualTo(inTrace);
        assertThat(realm.path("rmiCalls").path("RMI_REALM_CREATE").longValue()).isOne();
        assertThat(realm.path("rmiCalls").path("RMI_RTT_DATA_MAP_INIT").longValue())
                .as("one for each granule, and the first again once there is a table for it")
                .isEqualTo(17);
    }

    @Test
    void defaultsAreAnsweredAsTheyWereTaken() {
        var realm = launch(LaunchBody.of(agent));

        assertThat(realm.path("spec").path("vcpus").intValue()).isOne();
        assertThat(realm.path("spec").path("ipaBits").intValue()).isEqualTo(40);
        assertThat(realm.path("spec").path("memslots").get(0).path("guestMemfd").booleanValue())
                .isTrue();
        assertThat(realm.path("spec").path("images").get(0).path("measured").booleanValue())
                .isTrue();
        assertThat(realm.path("plan").path("measuredContents").stringValue()).isEqualTo("AS_SPECIFIED");
        assertThat(realm.path("plan").has("rpv")).isFalse();
    }

    @Test
    void aGuestThatSetsUpRsiFirstBootsAndItsTraceGrows() {
        var realm = launch(LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));
        int linesBefore = trace(realm).size();

        var ran = run(realm);

        assertThat(ran.path("state").stringValue()).isEqualTo("RUNNING");
        assertThat(ran.path("outcome").toString()).isEqualTo("{\"kind\":\"BOOTED\"}");
        assertThat(ran.path("rmiCalls").path("RMI_RTT_SET_RIPAS").longValue()).isPositive();
        assertThat(trace(realm)).hasSizeGreaterThan(linesBefore);
    }

    @Test
    void aGuestThatFaultsOnEmptyMemoryHasAnOutcomeThatNoHostWouldSee() {
        var realm = launch(LaunchBody.of(agent).profile("LINUX").ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));

        var outcome = run(realm).path("outcome");

        assertThat(outcome.path("kind").stringValue()).isEqualTo("FAULTED");
        assertThat(outcome.path("access").stringValue()).isEqualTo("WRITE");
        assertThat(outcome.path("ipa").stringValue()).isEqualTo(LAST_GRANULE);
        assertThat(outcome.path("hipas").stringValue()).isEqualTo("UNASSIGNED");
        assertThat(outcome.path("ripas").stringValue()).isEqualTo("EMPTY");
        assertThat(outcome.path("visibleToHost").booleanValue()).isFalse();
    }

    @Test
    void aRejectedGuestIsStalledAndSaysWhy() {
        var realm = launch(LaunchBody.of(agent).verdict("{\"kind\":\"REJECT\"}"));

        assertThat(run(realm).path("outcome").toString())
                .isEqualTo("{\"kind\":\"STALLED\",\"reason\":\"RIPAS_REJECTED\"}");
    }

    @Test
    void theDeployersRangesAreCarriedOutAndAnsweredInTheirOrder() {
        var ranges =
                "[{\"base\":\"0x80800000\",\"size\":\"0x800000\"},{\"base\":\"0x80000000\",\"size\":\"0x800000\"}]";

        var realm = launch(LaunchBody.of(agent)
                .profile("LINUX")
                .ripasMode("{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":" + ranges + "}"));

        assertThat(realm.path("plan").path("ripasMode").path("ranges").toString())
                .isEqualTo(ranges);
        assertThat(run(realm).path("outcome").path("kind").stringValue()).isEqualTo("BOOTED");
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
        var realm = launch(LaunchBody.of(agent).guest(program));

        var ran = run(realm);

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
        var realm = launch(LaunchBody.of(agent));
        var first = run(realm);

        assertThat(run(realm)).isEqualTo(first);
    }

    @Test
    void memoryIsAnsweredAsRunsOfEqualState() {
        var realm = launch(LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));

        var runs = agent.get(path(realm) + "/memory").expect(200).json().path("runs");

        assertThat(runs.valueStream().map(JsonNode::toString))
                .contains("{\"base\":\"0x80000000\",\"size\":\"0x10000\",\"hipas\":\"ASSIGNED\",\"ripas\":\"RAM\"}")
                .hasSizeLessThan(10);
    }

    @Test
    void lookingAtARealmIsNoCallOfTheRealm() {
        var realm = launch(LaunchBody.of(agent));

        agent.get(path(realm) + "/memory").expect(200);
        agent.get(path(realm) + "/measurements").expect(200);

        assertThat(agent.get(path(realm)).json()).isEqualTo(realm);
        assertThat(trace(realm)).noneMatch(line -> line.contains("RMI_RTT_READ_ENTRY"));
    }

    @Test
    void measurementsHoldTheRimOfTheRecordAndFourRems() {
        var realm = launch(LaunchBody.of(agent));

        var measurements = agent.get(path(realm) + "/measurements").expect(200).json();

        assertThat(measurements.path("rim")).isEqualTo(realm.path("rim"));
        assertThat(measurements.path("rems").valueStream().map(JsonNode::stringValue))
                .containsExactly("00".repeat(32), "00".repeat(32), "00".repeat(32), "00".repeat(32));
    }

    @Test
    void oneChangedByteOfAMeasuredImageChangesTheRim() {
        var changed = LaunchBody.kernel();
        changed[changed.length - 1]++;
        var other = "[{\"digest\":\"%s\",\"ipa\":\"0x80000000\"}]".formatted(agent.image(changed));

        var first = launch(LaunchBody.of(agent));
        var second = launch(LaunchBody.of(agent).images(other));

        assertThat(second.path("rim")).isNotEqualTo(first.path("rim"));
    }

    @Test
    void deletingARealmGivesItsGranulesBackAndKeepsItsRecord() {
        long free = machine("rich").path("freeGranules").longValue();
        var realm = launch(LaunchBody.of(agent));
        assertThat(machine("rich").path("freeGranules").longValue()).isLessThan(free);
        assertThat(machine("rich").path("realms").intValue()).isOne();

        var deleted = agent.delete(path(realm)).expect(200).json();

        assertThat(deleted.path("state").stringValue()).isEqualTo("STOPPED");
        assertThat(deleted.path("rim")).isEqualTo(realm.path("rim"));
        assertThat(deleted.path("rmiCalls").path("RMI_REALM_DESTROY").longValue())
                .isOne();
        assertThat(machine("rich").path("freeGranules").longValue()).isEqualTo(free);
        assertThat(machine("rich").path("realms").intValue()).isZero();
        assertThat(agent.delete(path(realm)).expect(200).json()).isEqualTo(deleted);
        assertThat(trace(realm)).anyMatch(line -> line.startsWith("{\"call\":\"RMI_REALM_DESTROY\""));
    }

    @Test
    void aDeletedRealmCannotBeRunOrLookedAt() {
        var realm = launch(LaunchBody.of(agent));
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
    void theSameRequestAgainAnswersTheRecordAndLaunchesNothing() {
        var body = LaunchBody.of(agent);
        var realm = launch(body);
        agent.delete(path(realm)).expect(200);

        var again = agent.post(REALMS, body.json()).expect(200);

        assertThat(again.header("location")).isEqualTo(path(realm));
        assertThat(again.json().path("state").stringValue()).isEqualTo("STOPPED");
        assertThat(machine("rich").path("realms").intValue()).isZero();
    }

    @Test
    void anotherRequestWithAUsedLaunchIdIsRefusedOnEveryMachine() {
        var body = LaunchBody.of(agent);
        var realm = launch(body);

        var changed = agent.post(REALMS, body.profile("UNAWARE").json()).expectProblem(409, "launch-id-used");
        var elsewhere = agent.post("/v1/machines/plain/realms", body.json()).expectProblem(409, "launch-id-used");

        assertThat(changed.path("launchId").stringValue()).isEqualTo(body.launchId());
        assertThat(changed.path("realm")).isEqualTo(realm.path("id"));
        assertThat(elsewhere.path("realm")).isEqualTo(realm.path("id"));
        assertThat(machine("plain").path("realms").intValue()).isZero();
    }

    @Test
    void equalRequestsAtTheSameTimeLaunchOneRealm() {
        var json = LaunchBody.of(agent).json();

        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> agent.post(REALMS, json)))
                .limit(8)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 201, 409));
        assertThat(machine("rich").path("realms").intValue()).isOne();
    }

    @Test
    void aRefusalOfTheRmmIsAnsweredInItsOwnWordsAndTornDown() {
        long free = machine("rich").path("freeGranules").longValue();
        agent.put("/v1/machines/rich/faults", """
                {"faults":[{"command":"RMI_RTT_DATA_MAP_INIT","nth":3,
                            "action":{"kind":"REFUSE","status":"RMI_ERROR_INPUT","index":2}}]}""").expect(200);
        var body = LaunchBody.of(agent);

        var problem = agent.post(REALMS, body.json()).expectProblem(409, "rmi-refused");

        assertThat(problem.path("step").stringValue()).isEqualTo("POPULATE");
        assertThat(problem.path("rmi").toString())
                .isEqualTo("{\"command\":\"RMI_RTT_DATA_MAP_INIT\",\"status\":\"RMI_ERROR_INPUT\",\"index\":2,"
                        + "\"ipa\":\"0x80001000\"}");
        var realm = agent.get(REALMS + "/" + problem.path("realm").stringValue())
                .expect(200)
                .json();
        assertThat(realm.path("state").stringValue()).isEqualTo("FAILED");
        assertThat(realm.path("failure").path("rmi")).isEqualTo(problem.path("rmi"));
        assertThat(realm.path("failure").path("type").stringValue()).isEqualTo("/problems/rmi-refused");
        assertThat(realm.path("rim").isNull()).isTrue();
        assertThat(realm.path("steps").findValuesAsString("step")).containsExactly("CONFIG_REALM", "CREATE_REALM");
        assertThat(trace(realm)).anyMatch(line -> line.startsWith("{\"note\":\"injected fault"));
        assertThat(machine("rich").path("freeGranules").longValue()).isEqualTo(free);
        assertThat(machine("rich").path("realms").intValue()).isZero();
        agent.post(path(realm) + "/run").expectProblem(409, "realm-not-runnable");
        assertThat(agent.delete(path(realm)).expect(200).json().path("state").stringValue())
                .isEqualTo("FAILED");
        assertThat(agent.post(REALMS, body.json()).expect(200).json()).isEqualTo(realm);
    }

    @Test
    void aHostThatCannotServeItsGuestIsAnOutcomeWithTheRefusal() {
        var realm = launch(LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));
        agent.put("/v1/machines/rich/faults", """
                {"faults":[{"command":"RMI_RTT_SET_RIPAS","nth":1,
                            "action":{"kind":"REFUSE","status":"RMI_ERROR_INPUT"}}]}""").expect(200);

        var outcome = run(realm).path("outcome");

        assertThat(outcome.path("kind").stringValue()).isEqualTo("HOST_FAILED");
        assertThat(outcome.path("rmi").path("command").stringValue()).isEqualTo("RMI_RTT_SET_RIPAS");
        assertThat(outcome.path("rmi").path("status").stringValue()).isEqualTo("RMI_ERROR_INPUT");
    }

    @Test
    void granulesThatTheRmmKeepsAreCountedAsLeaked() {
        var realm = launch(LaunchBody.of(agent));
        agent.put("/v1/machines/rich/faults", """
                {"faults":[{"command":"RMI_GRANULE_RANGE_UNDELEGATE","nth":1,
                            "action":{"kind":"REFUSE","status":"RMI_ERROR_INPUT"}}]}""").expect(200);

        var deleted = agent.delete(path(realm)).expect(200).json();

        assertThat(deleted.path("leakedGranules").longValue()).isOne();
        assertThat(machine("rich").path("leakedGranules").longValue()).isOne();
    }

    @Test
    void aLaunchThatRunsOutOfGranulesIsTornDownAndSaysSo() {
        var manyVcpus = LaunchBody.of(agent).vcpus(512);
        Answer answer;
        long free;
        do {
            free = machine("rich").path("freeGranules").longValue();
            answer = agent.post(
                    REALMS, manyVcpus.launchId(UUID.randomUUID().toString()).json());
        } while (answer.status() == 201);

        var problem = answer.expectProblem(409, "out-of-granules");

        assertThat(problem.path("step").stringValue()).isEqualTo("CREATE_RECS");
        assertThat(machine("rich").path("freeGranules").longValue()).isEqualTo(free);
        var realm = agent.get(REALMS + "/" + problem.path("realm").stringValue())
                .expect(200)
                .json();
        assertThat(realm.path("state").stringValue()).isEqualTo("FAILED");
        assertThat(realm.path("failure").path("step").stringValue()).isEqualTo("CREATE_RECS");
    }

    @Test
    void aPlanThatTheHostCannotCarryOutIsRefusedBeforeAnythingIsRecorded() {
        var body =
                LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}").verdict("{\"kind\":\"REJECT\"}");

        var onV14 = agent.post("/v1/machines/plain/realms", body.json()).expectProblem(409, "plan-unavailable");
        var onRmm1 = agent.post("/v1/machines/old/realms", body.json()).expectProblem(409, "plan-unavailable");

        assertThat(onV14.path("reasons").toString()).isEqualTo("[\"MODE_UNAVAILABLE\",\"VERDICT_UNAVAILABLE\"]");
        assertThat(onRmm1.path("reasons").toString()).isEqualTo("[\"VERDICT_UNAVAILABLE\"]");
        assertThat(launch(body).path("state").stringValue())
                .as("the launch id is still unused")
                .isEqualTo("ACTIVE");
    }

    @Test
    void anUnknownImageIsNamedAndTheLaunchIdStaysUnused() {
        var unknown = "[{\"digest\":\"%s\",\"ipa\":\"0x80000000\"}]".formatted("ab".repeat(32));
        var body = LaunchBody.of(agent);

        agent.post(REALMS, body.images(unknown).json())
                .expectErrors(422, "unknown-image", "spec.images[0].digest: is not the digest of an image here");

        launch(body);
    }

    @Test
    void pagesOfRealmsAreWholeAndInTheOrderOfLaunches() {
        var launched =
                List.of(launch(LaunchBody.of(agent)), launch(LaunchBody.of(agent)), launch(LaunchBody.of(agent)));

        var seen = new ArrayList<String>();
        var page = agent.get(REALMS + "?pageSize=2").expect(200).json();
        while (true) {
            seen.addAll(page.path("realms").findValuesAsString("id"));
            if (page.path("nextPageToken").isNull()) {
                break;
            }
            page = agent.get(REALMS + "?pageSize=2&pageToken="
                            + page.path("nextPageToken").stringValue())
                    .expect(200)
                    .json();
        }

        assertThat(seen)
                .doesNotHaveDuplicates()
                .endsWith(launched.stream()
                        .map(realm -> realm.path("id").stringValue())
                        .toArray(String[]::new));
        assertThat(agent.get("/v1/machines/plain/realms")
                        .expect(200)
                        .json()
                        .path("realms")
                        .findValuesAsString("machine"))
                .allMatch("plain"::equals);
    }

    @Test
    void aTraceIsReadPageByPage() {
        var realm = launch(LaunchBody.of(agent));
        var whole = trace(realm);

        var first = agent.get(path(realm) + "/trace?limit=10").expect(200);
        var second = agent.get(path(realm) + "/trace?limit=10&offset=" + first.header("x-next-offset"))
                .expect(200);
        var last =
                agent.get(path(realm) + "/trace?offset=" + (whole.size() - 1)).expect(200);
        var beyond = agent.get(path(realm) + "/trace?offset=" + whole.size()).expect(200);

        assertThat(first.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(first.body().lines().toList()).isEqualTo(whole.subList(0, 10));
        assertThat(second.body().lines().toList()).isEqualTo(whole.subList(10, 20));
        assertThat(last.body()).isEqualTo(whole.getLast() + "\n");
        assertThat(last.header("x-next-offset")).isEmpty();
        assertThat(beyond.body()).isEmpty();
    }

    @Test
    void wrongQueryParametersAreNamed() {
        var realm = launch(LaunchBody.of(agent));

        agent.get(REALMS + "?pageSize=501")
                .expectErrors(422, "invalid-request", "pageSize: must be a whole number from 1 to 500");
        agent.get(REALMS + "?pageToken=nonsense!")
                .expectErrors(422, "invalid-request", "pageToken: must be the nextPageToken of an earlier answer");
        agent.get(path(realm) + "/trace?offset=-1")
                .expectErrors(422, "invalid-request", "offset: must be a whole number from 0 to 1000000000");
        agent.get(path(realm) + "/trace?limit=0")
                .expectErrors(422, "invalid-request", "limit: must be a whole number from 1 to 10000");
    }

    @Test
    void realmsAreFoundOnlyOnTheirMachine() {
        var id = launch(LaunchBody.of(agent)).path("id").stringValue();

        for (var realm : List.of("/v1/machines/plain/realms/" + id, REALMS + "/" + UUID.randomUUID(), REALMS + "/x")) {
            agent.get(realm).expectProblem(404, "unknown-realm");
            agent.delete(realm).expectProblem(404, "unknown-realm");
            agent.post(realm + "/run").expectProblem(404, "unknown-realm");
            agent.get(realm + "/memory").expectProblem(404, "unknown-realm");
            agent.get(realm + "/measurements").expectProblem(404, "unknown-realm");
            agent.get(realm + "/trace").expectProblem(404, "unknown-realm");
        }
    }

    private JsonNode launch(LaunchBody body) {
        return agent.post(REALMS, body.json()).expect(201).json();
    }

    private JsonNode run(JsonNode realm) {
        return agent.post(path(realm) + "/run").expect(200).json();
    }

    private List<String> trace(JsonNode realm) {
        return agent.get(path(realm) + "/trace?limit=10000")
                .expect(200)
                .body()
                .lines()
                .toList();
    }

    private JsonNode machine(String name) {
        return agent.get("/v1/machines/" + name).expect(200).json();
    }

    private static String path(JsonNode realm) {
        return "/v1/machines/" + realm.path("machine").stringValue() + "/realms/"
                + realm.path("id").stringValue();
    }
}
