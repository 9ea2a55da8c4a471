package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmwright.deployerpolicy.testing.EventReader;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventApiTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;

    @Test
    void whoReadsAListAndThenTheEventsBehindItMissesNothing() {
        scenario.host("a", V14);
        long last = client.get("/v1/realms").json().path("lastEventId").asLong();
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");
        client.delete("/v1/realms/" + scenario.name("r"));

        try (var reader = EventReader.after(port, last)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> phases(reader).contains("DELETED DELETING"));

            assertThat(phases(reader))
                    .startsWith("CREATED DECIDED", "CHANGED PLACED", "CHANGED LAUNCHING", "CHANGED ACTIVE")
                    .contains("CHANGED RUNNING")
                    .endsWith("DELETED DELETING");
        }
    }

    @Test
    void idsFollowEachOtherAndAReaderGoesOnWhereHeLeftOff() {
        scenario.host("a", V14);
        long last = client.get("/v1/hosts").json().path("lastEventId").asLong();
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        for (int i = 0; i < 5; i++) {
            scenario.create("r" + i, policy, spec("LINUX"));
            scenario.awaitOutcome("r" + i);
        }
        List<JsonNode> all;
        try (var reader = EventReader.after(port, last)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> reader.events().size() >= 25);
            all = reader.events();
            assertThat(reader.ids())
                    .startsWith(LongStream.range(last + 1, last + 26)
                            .mapToObj(Long::toString)
                            .toArray(String[]::new));
        }

        long middle = last + 10;
        try (var again = EventReader.open(port, "/v1/events", Long.toString(middle))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> again.events().size() >= 15);

            assertThat(again.events().subList(0, 15)).isEqualTo(all.subList(10, 25));
        }
    }

    @Test
    void aReaderOfHostsHearsOfHostsOnly() {
        long last = client.get("/v1/hosts").json().path("lastEventId").asLong();
        scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        client.post("/v1/hosts/" + scenario.name("a") + "/cordon");

        try (var reader = EventReader.open(port, "/v1/events?subject=HOST&after=" + last, "")) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> reader.events().stream()
                            .anyMatch(event -> event.path("state").asString().equals("CORDONED")));

            assertThat(reader.events().stream()
                            .filter(event -> event.path("name").asString().equals(scenario.name("a")))
                            .map(event -> event.path("subject").asString() + " "
                                    + event.path("change").asString() + " "
                                    + event.path("state").asString()))
                    .containsExactly("HOST CREATED NOT_READY", "HOST CHANGED READY", "HOST CHANGED CORDONED");
        }
    }

    @Test
    void anIdThatWasNeverGivenIsToldToReadAnew() {
        var answer = client.send("GET", "/v1/events", BodyPublishers.noBody(), "Last-Event-ID", "999999999999");

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.problem()).isEqualTo("events-compacted");
        assertThat(answer.json().path("last").asLong())
                .isGreaterThanOrEqualTo(answer.json().path("first").asLong() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?after=x", "?after=-1", "?subject=POLICY"})
    void aPositionThatIsNoneIsRefused(String query) {
        assertThat(client.get("/v1/events" + query).status()).isEqualTo(422);
    }

    @Test
    void aQuietStreamStaysOpen() {
        try (var reader = EventReader.open(port, "/v1/events?subject=REALM", "")) {
            assertThat(reader.status()).isEqualTo(200);

            await().during(Duration.ofSeconds(1)).until(() -> !reader.hasEnded());
        }
    }

    private List<String> phases(EventReader reader) {
        return reader.events().stream()
                .filter(event -> event.path("name").asString().equals(scenario.name("r")))
                .map(event -> event.path("change").asString() + " "
                        + event.path("state").asString())
                .toList();
    }
}
