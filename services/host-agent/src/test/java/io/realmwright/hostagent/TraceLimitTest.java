package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceLimitTest {
    private Agent agent;
    private Realms realms;

    @BeforeAll
    void start() {
        agent = Agent.start(Database.create(), "--realmwright.agent.traces.limit=20KB");
        realms = new Realms(agent, "rich");
    }

    @AfterAll
    void stop() {
        agent.close();
    }

    @Test
    void aTraceThatGetsTooLongIsCutWithAVisibleMark() {
        var realm = realms.launch(LaunchBody.of(agent));
        var ran = realms.run(realm);
        agent.delete(path(realm)).expect(200);

        var lines = realms.trace(realm);

        assertThat(lines.getLast()).isEqualTo("{\"note\":\"cut here: a trace is kept up to 20480 bytes\"}");
        assertThat(lines.stream().filter(line -> line.contains("cut here"))).hasSize(1);
        assertThat(lines.subList(0, lines.size() - 1).stream()
                        .mapToInt(line -> line.length() + 1)
                        .sum())
                .isLessThanOrEqualTo(20_480);
        assertThat(ran.path("rmiCallsTotal").longValue())
                .as("calls are counted beyond the cut")
                .isGreaterThan(lines.size());
        assertThat(ran.path("rmiCalls").path("RMI_REC_ENTER").longValue()).isPositive();
    }

    @Test
    void traceBytesAreKeptCompressedAndCounted() {
        var realm = realms.launch(LaunchBody.of(agent));
        var body = agent.get(path(realm) + "/trace?limit=10000").body();

        var kept = agent.database()
                .sql()
                .sql(
                        "select line_count, size_bytes, length(content) as compressed from realm_trace where realm_id = ?::uuid")
                .param(realm.path("id").stringValue())
                .query()
                .singleRow();

        assertThat(kept).containsEntry("line_count", body.lines().count()).containsEntry("size_bytes", (long)
                body.length());
        assertThat((Integer) kept.get("compressed")).isLessThan(body.length());
    }

    @Test
    void theTraceOfARealmThatEndedLongAgoGivesWayToANote() {
        try (var forgetful = Agent.start(
                Database.create(),
                "--realmwright.agent.traces.retention=0s",
                "--realmwright.agent.traces.sweep-interval=100ms")) {
            var forgotten = new Realms(forgetful, "rich");
            var ended = forgotten.launch(LaunchBody.of(forgetful));
            var present = forgotten.launch(LaunchBody.of(forgetful));
            forgetful.delete(path(ended)).expect(200);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    forgetful.get(path(ended) + "/trace").body())
                            .isEqualTo(
                                    "{\"note\":\"cut here: a trace is kept for PT0S after its realm has ended\"}\n"));
            assertThat(forgetful.get(path(present) + "/trace").body()).contains("RMI_REALM_ACTIVATE");
        }
    }
}
