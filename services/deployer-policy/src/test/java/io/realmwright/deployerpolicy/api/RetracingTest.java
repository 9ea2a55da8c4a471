package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A realm's calls, and its memory after each of them, told from its trace. */
class RetracingTest extends ServiceTest {
    private static final String DECLARE = "RMI_RTT_INIT_RIPAS";

    private AgentStub agent;
    private String realm;

    private JsonNode run() {
        agent = scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX_EARLY_RSI"));
        JsonNode status = scenario.awaitOutcome("r").path("status");
        realm = "/v1/realms/" + scenario.name("r");
        return status;
    }

    @Test
    @DisplayName("The memory after the last call is what the host itself tells")
    void theLastCallIsThePresent() {
        run();
        long last = timeline("?pageSize=500").path("callsTotal").asLong() - 1;

        assertThat(memory(last)).isEqualTo(client.get(realm + "/memory").json());
    }

    @Test
    @DisplayName("The slot becomes RAM with the call that declares it, and there is no memory before the realm")
    void ramAppearsWithItsCall() {
        run();
        List<JsonNode> calls = calls();
        long created = number(calls, "RMI_REALM_CREATE");
        long declared = number(calls, DECLARE);

        assertThat(memory(0).path("runs")).isEmpty();
        assertThat(memory(created - 1).path("runs")).isEmpty();
        assertThat(memory(created)).isEqualTo(Answer.tree("""
                {"runs": [
                  {"base": "0x0", "size": "0x8000000000", "hipas": "UNASSIGNED", "ripas": "EMPTY"},
                  {"base": "0x8000000000", "size": "0x8000000000", "hipas": "UNASSIGNED_NS", "ripas": "NONE"}]}"""));
        assertThat(ripasOf(memory(declared - 1), "0x80010000")).isEqualTo("EMPTY");
        assertThat(ripasOf(memory(declared), "0x80010000")).isEqualTo("RAM");
    }

    @Test
    @DisplayName("The timeline has every call of the realm once, whatever the page size")
    void theTimelineIsPaged() {
        JsonNode status = run();
        List<JsonNode> calls = calls();

        assertThat(calls).hasSize(Math.toIntExact(status.path("rmiCallsTotal").asLong() + 1));
        List<JsonNode> paged = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = timeline("?pageSize=7" + (token.isEmpty() ? "" : "&pageToken=" + token));
            page.path("calls").forEach(paged::add);
            token = page.path("nextPageToken").asString("");
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(calls);
        assertThat(calls.getLast().path("exit").asString()).isEqualTo("HOST_CALL");
        assertThat(calls)
                .anySatisfy(call -> assertThat(
                                call.path("guestCalls").path(0).path("command").asString(""))
                        .startsWith("RSI_"));
    }

    @Test
    @DisplayName("A realm that is gone from its host still has its timeline and its memory at every call")
    void aGoneRealmIsRetraced() {
        run();
        List<JsonNode> calls = calls();
        JsonNode before = memory(calls.size() - 1L);
        client.post(realm + "/stop");
        scenario.awaitPhase("r", "STOPPED");

        assertThat(client.get(realm + "/memory").problem()).isEqualTo("realm-gone");
        assertThat(memory(calls.size() - 1L)).isEqualTo(before);
        assertThat(memory(timeline("").path("callsTotal").asLong() - 1).path("runs"))
                .isEmpty();
    }

    @Test
    @DisplayName("A call that the trace does not have is refused, and so is one that is no number")
    void callsThatAreNotThere() {
        run();
        long total = timeline("").path("callsTotal").asLong();

        Answer behind = client.get(realm + "/memory?call=" + total);
        assertThat(behind.status()).isEqualTo(422);
        assertThat(behind.json().path("errors"))
                .isEqualTo(Answer.tree(
                        "[{\"field\": \"call\", \"message\": \"the trace's last call is " + (total - 1) + "\"}]"));
        assertThat(client.get(realm + "/memory?call=-1").status()).isEqualTo(422);
        assertThat(client.get(realm + "/memory?call=last").status()).isEqualTo(400);
        assertThat(client.get(realm + "/timeline?pageSize=0").status()).isEqualTo(422);
    }

    @Test
    @DisplayName("A trace that cannot be played is no memory but a problem that names its line")
    void aTraceThatCannotBePlayed() {
        run();
        agent.once("GET /v1/machines/m0/realms/" + agentRealm() + "/trace.jsonl.gz", exchange -> {
            AgentStub.answer(exchange, 200, "application/gzip", "{\"call\":1}\n");
            return false;
        });

        Answer answer = client.get(realm + "/memory?call=0");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("trace-unplayable");
        assertThat(answer.json().path("detail").asString()).startsWith("Line 1 of the trace: ");
    }

    private String agentRealm() {
        return client.get(realm).json().path("status").path("agentRealm").asString();
    }

    private JsonNode timeline(String query) {
        return client.get(realm + "/timeline" + query).json();
    }

    private List<JsonNode> calls() {
        return timeline("?pageSize=500").path("calls").valueStream().toList();
    }

    private JsonNode memory(long call) {
        return client.get(realm + "/memory?call=" + call).json();
    }

    private static long number(List<JsonNode> calls, String command) {
        return calls.stream()
                .filter(call -> call.path("command").asString().equals(command))
                .filter(call -> call.path("status").asString().equals("RMI_SUCCESS"))
                .findFirst()
                .orElseThrow()
                .path("call")
                .asLong();
    }

    private static String ripasOf(JsonNode memory, String ipa) {
        long wanted = Long.decode(ipa);
        return memory.path("runs")
                .valueStream()
                .filter(run -> Long.decode(run.path("base").asString()) <= wanted)
                .reduce((_, later) -> later)
                .orElseThrow()
                .path("ripas")
                .asString();
    }
}
