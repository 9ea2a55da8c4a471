package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be seen of realms, and that looking changes nothing. */
class RealmViewTest {
    private static final String REALMS = "/v1/machines/rich/realms";

    private final Agent agent = Agent.shared();
    private final Realms realms = new Realms(agent, "rich");

    @AfterEach
    void leaveTheMachineAsItWas() {
        agent.post("/v1/machines/rich/reboot").expect(200);
    }

    @Test
    void memoryIsAnsweredAsRunsOfEqualState() {
        var realm = realms.launch(LaunchBody.of(agent).ripasMode("{\"kind\":\"GUEST_DECLARES\"}"));

        var runs = agent.get(path(realm) + "/memory").expect(200).json().path("runs");

        assertThat(runs.valueStream().map(JsonNode::toString))
                .contains("{\"base\":\"0x80000000\",\"size\":\"0x10000\",\"hipas\":\"ASSIGNED\",\"ripas\":\"RAM\"}")
                .hasSizeLessThan(10);
    }

    @Test
    void lookingAtARealmIsNoCallOfTheRealm() {
        var realm = realms.launch(LaunchBody.of(agent));

        agent.get(path(realm) + "/memory").expect(200);
        agent.get(path(realm) + "/measurements").expect(200);

        assertThat(agent.get(path(realm)).json()).isEqualTo(realm);
        assertThat(realms.trace(realm)).noneMatch(line -> line.contains("RMI_RTT_READ_ENTRY"));
    }

    @Test
    void measurementsHoldTheRimOfTheRecordAndFourRems() {
        var realm = realms.launch(LaunchBody.of(agent));

        var measurements = agent.get(path(realm) + "/measurements").expect(200).json();

        assertThat(measurements.path("rim")).isEqualTo(realm.path("rim"));
        assertThat(measurements.path("rems").valueStream().map(JsonNode::stringValue))
                .containsExactly("00".repeat(32), "00".repeat(32), "00".repeat(32), "00".repeat(32));
    }

    @Test
    void pagesOfRealmsAreWholeAndInTheOrderOfLaunches() {
        var launched = List.of(
                realms.launch(LaunchBody.of(agent)),
                realms.launch(LaunchBody.of(agent)),
                realms.launch(LaunchBody.of(agent)));

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
        var realm = realms.launch(LaunchBody.of(agent));
        var whole = realms.trace(realm);

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
        var realm = realms.launch(LaunchBody.of(agent));

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
        var id = realms.launch(LaunchBody.of(agent)).path("id").stringValue();

        for (var realm : List.of("/v1/machines/plain/realms/" + id, REALMS + "/" + UUID.randomUUID(), REALMS + "/x")) {
            agent.get(realm).expectProblem(404, "unknown-realm");
            agent.delete(realm).expectProblem(404, "unknown-realm");
            agent.post(realm + "/run").expectProblem(404, "unknown-realm");
            agent.get(realm + "/memory").expectProblem(404, "unknown-realm");
            agent.get(realm + "/measurements").expectProblem(404, "unknown-realm");
            agent.get(realm + "/trace").expectProblem(404, "unknown-realm");
        }
    }
}
