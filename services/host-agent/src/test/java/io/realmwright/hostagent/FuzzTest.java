package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.fuzz.Fuzzer;
import io.realmwright.fuzz.Hints;
import io.realmwright.fuzz.StoredState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Requests that nobody should send, made from the contract and a seed. {@code -Dfuzz.seed}, {@code -Dfuzz.cases} and
 * {@code -Dfuzz.seconds} say which, how many and for how long.
 */
class FuzzTest {
    private static final Fuzzer.Settings SETTINGS = Fuzzer.Settings.fromProperties("services/host-agent", "FuzzTest");

    /** Launches that the machine refused are on record as failed. */
    private static final Set<String> RECORDED = Set.of("rmi-refused", "out-of-granules", "out-of-vmids");

    @Test
    void noRequestIsAnsweredWithAFaultOfOursOrAgainstTheContractOrNeverAndRefusedOnesChangeNothing() {
        var database = Database.create();
        try (var stored = new StoredState(database.url(), "postgres", Set.of());
                var agent = Agent.start(database, "--realmwright.agent.images.limit=1MB")) {
            var fuzzer = new Fuzzer(
                    Contract.FILE,
                    hints(agent),
                    SETTINGS,
                    agent.port(),
                    () -> List.of(
                            agent.get("/v1/machines").body(),
                            agent.get("/v1/machines/rich/faults").body(),
                            stored.look()),
                    RECORDED);

            var findings = fuzzer.run();

            System.out.printf("fuzz seed %d: %s%n", SETTINGS.seed(), fuzzer.statuses());
            assertThat(findings).as("findings").isEmpty();
            if (SETTINGS.first() == 0) {
                assertThat(fuzzer.statuses().keySet()).isEqualTo(fuzzer.operations());
            }
        }
    }

    private static Hints hints(Agent agent) {
        var image = agent.image(LaunchBody.kernel());
        var live = agent.post("/v1/machines/rich/realms", LaunchBody.of(agent).json())
                .expect(201)
                .json();
        var realm = live.path("id").stringValue();
        agent.post("/v1/machines/rich/realms/" + realm + "/run").expect(200);
        return new Hints(
                Map.of(
                        "/v1 machine", List.of("rich", "rich", "plain", "old"),
                        "/v1 id", List.of(realm),
                        "/v1 launchId", List.of(live.path("launchId").stringValue()),
                        "/v1 sha256", List.of(image, "0".repeat(64))),
                Map.of(
                        "digest", List.of(image),
                        "base", List.of("0x80000000", "0x80100000"),
                        "size", List.of("0x1000", "0x100000", "0x1000000"),
                        "ipa", List.of("0x80000000", "0x80010000"),
                        "duration", List.of("PT0.001S")));
    }
}
