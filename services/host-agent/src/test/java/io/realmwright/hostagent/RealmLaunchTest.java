package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a request to a realm that is ACTIVE and recorded, or to what was refused and why. */
class RealmLaunchTest {
    private static final String REALMS = "/v1/machines/rich/realms";

    private final Agent agent = Agent.shared();
    private final Realms realms = new Realms(agent, "rich");

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
        assertThat(realm.path("bootId")).isEqualTo(realms.machine().path("bootId"));
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
        var realm = realms.launch(LaunchBody.of(agent));

        long bySteps = realm.path("steps")
                .valueStream()
                .mapToLong(step -> step.path("rmiCalls").longValue())
                .sum();
        long byCommand = realm.path("rmiCalls")
                .valueStream()
                .mapToLong(JsonNode::longValue)
                .sum();
        long boot = 1; // a trace begins with the boot of its machine
        long inTrace = realms.trace(realm).stream()
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
        var realm = realms.launch(LaunchBody.of(agent));

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
    void oneChangedByteOfAMeasuredImageChangesTheRim() {
        var changed = LaunchBody.kernel();
        changed[changed.length - 1]++;
        var other = "[{\"digest\":\"%s\",\"ipa\":\"0x80000000\"}]".formatted(agent.image(changed));

        var first = realms.launch(LaunchBody.of(agent));
        var second = realms.launch(LaunchBody.of(agent).images(other));

        assertThat(second.path("rim")).isNotEqualTo(first.path("rim"));
    }

    @Test
    void theSameRequestAgainAnswersTheRecordAndLaunchesNothing() {
        var body = LaunchBody.of(agent);
        var realm = realms.launch(body);
        agent.delete(path(realm)).expect(200);

        var again = agent.post(REALMS, body.json()).expect(200);

        assertThat(again.header("location")).isEqualTo(path(realm));
        assertThat(again.json().path("state").stringValue()).isEqualTo("STOPPED");
        assertThat(realms.machine().path("realms").intValue()).isZero();
    }

    @Test
    void anotherRequestWithAUsedLaunchIdIsRefusedOnEveryMachine() {
        var body = LaunchBody.of(agent);
        var realm = realms.launch(body);

        var changed = agent.post(REALMS, body.profile("UNAWARE").json()).expectProblem(409, "launch-id-used");
        var elsewhere = agent.post("/v1/machines/plain/realms", body.json()).expectProblem(409, "launch-id-used");

        assertThat(changed.path("launchId").stringValue()).isEqualTo(body.launchId());
        assertThat(changed.path("realm")).isEqualTo(realm.path("id"));
        assertThat(elsewhere.path("realm")).isEqualTo(realm.path("id"));
        assertThat(new Realms(agent, "plain").machine().path("realms").intValue())
                .isZero();
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
        assertThat(realms.machine().path("realms").intValue()).isOne();
    }

    @Test
    void aRefusalOfTheRmmIsAnsweredInItsOwnWordsAndTornDown() {
        long free = realms.machine().path("freeGranules").longValue();
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
        assertThat(realms.trace(realm)).anyMatch(line -> line.startsWith("{\"note\":\"injected fault"));
        assertThat(realms.machine().path("freeGranules").longValue()).isEqualTo(free);
        assertThat(realms.machine().path("realms").intValue()).isZero();
        agent.post(path(realm) + "/run").expectProblem(409, "realm-not-runnable");
        assertThat(agent.delete(path(realm)).expect(200).json().path("state").stringValue())
                .isEqualTo("FAILED");
        assertThat(agent.post(REALMS, body.json()).expect(200).json()).isEqualTo(realm);
    }

    @Test
    void aLaunchThatRunsOutOfGranulesIsTornDownAndSaysSo() {
        var manyVcpus = LaunchBody.of(agent).vcpus(512);
        Answer answer;
        long free;
        do {
            free = realms.machine().path("freeGranules").longValue();
            answer = agent.post(
                    REALMS, manyVcpus.launchId(UUID.randomUUID().toString()).json());
        } while (answer.status() == 201);

        var problem = answer.expectProblem(409, "out-of-granules");

        assertThat(problem.path("step").stringValue()).isEqualTo("CREATE_RECS");
        assertThat(realms.machine().path("freeGranules").longValue()).isEqualTo(free);
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
        assertThat(realms.launch(body).path("state").stringValue())
                .as("the launch id is still unused")
                .isEqualTo("ACTIVE");
    }

    @Test
    void anUnknownImageIsNamedAndTheLaunchIdStaysUnused() {
        var unknown = "[{\"digest\":\"%s\",\"ipa\":\"0x80000000\"}]".formatted("ab".repeat(32));
        var body = LaunchBody.of(agent);

        agent.post(REALMS, body.images(unknown).json())
                .expectErrors(422, "unknown-image", "spec.images[0].digest: is not the digest of an image here");

        realms.launch(body);
    }
}
