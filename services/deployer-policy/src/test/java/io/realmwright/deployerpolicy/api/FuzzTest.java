package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.fuzz.Fuzzer;
import io.realmwright.fuzz.Hints;
import io.realmwright.fuzz.StoredState;
import io.realmwright.machine.host.HostProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Requests that nobody should send, made from the contract and a seed. {@code -Dfuzz.seed}, {@code -Dfuzz.cases} and
 * {@code -Dfuzz.seconds} say which, how many and for how long.
 */
class FuzzTest extends ServiceTest {
    /** Enough for some to be there after many were deleted. */
    private static final int REALMS = 12;

    private static final Fuzzer.Settings SETTINGS =
            Fuzzer.Settings.fromProperties("services/deployer-policy", "FuzzTest");

    /** They change while nobody asks for anything: polls, work on realms that were accepted, and its records. */
    private static final Set<String> RESTLESS = Set.of(
            "host",
            "realm",
            "realm_image", // goes with its realm
            "scheduled_tasks",
            "event",
            "event_noted",
            "event_stream",
            "audit_entry",
            "audit_pending",
            "decision",
            "grant_issued",
            "revocation");

    /** A denial is kept with its decision; a challenge that was given to a realm is used up. */
    private static final Set<String> RECORDED =
            Set.of("denied-by-policy", "realm-not-running", "host-refused", "host-unreachable");

    @Test
    void noRequestIsAnsweredWithAFaultOfOursOrAgainstTheContractOrNeverAndRefusedOnesChangeNothing() {
        try (var stored = new StoredState(DATABASE, Postgres.OWNER, RESTLESS)) {
            var fuzzer = new Fuzzer(
                    Client.CONTRACT,
                    hints(),
                    SETTINGS,
                    port,
                    () -> List.of(stored.look(), names("/v1/hosts", "hosts")),
                    RECORDED);

            var findings = fuzzer.run();

            System.out.printf("fuzz seed %d: %s%n", SETTINGS.seed(), fuzzer.statuses());
            assertThat(findings).as("findings").isEmpty();
            if (SETTINGS.first() == 0) {
                assertThat(fuzzer.statuses().keySet()).isEqualTo(fuzzer.operations());
            }
        }
    }

    private List<String> names(String path, String member) {
        return client.get(path + "?pageSize=500")
                .json()
                .path(member)
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    private Hints hints() {
        scenario.host("host", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("policy", Scenario.HOST_ALL, "ACCEPT");
        List<String> realms =
                IntStream.range(0, REALMS).mapToObj(i -> "realm-" + i).toList();
        realms.forEach(realm -> scenario.create(realm, policy, Scenario.spec("LINUX_EARLY_RSI")));
        realms.forEach(scenario::awaitOutcome);
        var decision = scenario.get("realm-0").path("status").path("decisionId").asString();
        List<String> ours = realms.stream().map(scenario::name).toList();
        return new Hints(
                Map.ofEntries(
                        Map.entry("/v1/realms name", ours),
                        Map.entry("/v1/policies name", List.of(policy)),
                        Map.entry("/v1/hosts name", List.of(scenario.name("host"), "other")),
                        Map.entry("/v1/quotas name", List.of("quota")),
                        Map.entry("/v1/decisions id", List.of(decision)),
                        Map.entry("/v1 number", List.of("1")),
                        Map.entry("/v1 If-Match", List.of("\"1\"", "\"2\"")),
                        Map.entry("/v1 Idempotency-Key", List.of("key-1", "key-2")),
                        Map.entry("/v1 pageSize", List.of("1", "500")),
                        Map.entry("/v1 pageToken", List.of("")),
                        Map.entry("/v1/events after", List.of("0")),
                        Map.entry("/v1 realm", ours),
                        Map.entry("/v1 against", ours),
                        Map.entry("/v1 label", List.of("scenario=1"))),
                Map.ofEntries(
                        Map.entry("policy", List.of(policy)),
                        Map.entry("when", List.of("true", "guest.profile == \"LINUX\"")),
                        Map.entry("base", List.of("0x80000000", "0x80100000")),
                        Map.entry("size", List.of("0x1000", "0x100000", "0x1000000")),
                        Map.entry("ipa", List.of("0x80000000", "0x80010000")),
                        // Nobody answers there, and nobody is disturbed.
                        Map.entry("agentUrl", List.of("http://127.0.0.1:1"))));
    }
}
