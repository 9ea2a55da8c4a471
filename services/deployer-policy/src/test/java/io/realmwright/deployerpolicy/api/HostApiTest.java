package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HostApiTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;

    @Test
    void aHostIsRegisteredPolledAndShowsWhatItsAgentSays() {
        var agent = scenario.agent(V14);
        Answer created = scenario.register("a", agent.url());
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/v1/hosts/" + scenario.name("a"));
        assertThat(created.json().path("status").asString()).isEqualTo("NOT_READY");
        assertThat(created.json().path("reason").asString()).isEqualTo("NOT_POLLED_YET");

        JsonNode host =
                scenario.awaitHost("a", read -> read.path("status").asString().equals("READY"));

        assertThat(host.path("agentName").asString()).isEqualTo(scenario.name("a"));
        JsonNode report = host.path("report");
        assertThat(report.path("profile").asString()).isEqualTo("rmm-2.0+kvm-rmi-v14");
        assertThat(report.path("rmmVersion").asString()).isEqualTo("2.0");
        assertThat(report.path("bootId").asString()).isEqualTo(agent.bootId().toString());
        assertThat(report.path("dramBytes").asString()).isEqualTo("0x40000000");
        assertThat(report.path("freeGranules").asLong()).isEqualTo(agent.freeGranules());
        assertThat(report.path("capabilities").path("ripasModes")).isEqualTo(Answer.tree("[\"HOST_ALL_MEMSLOTS\"]"));
        assertThat(report.path("simulated").asBoolean()).isTrue();
    }

    @Test
    void aRegistrationIsRepeatedAndChanged() {
        var agent = scenario.host("a", V14);

        assertThat(scenario.register("a", agent.url()).status()).isEqualTo(200);
        Answer changed = client.put("/v1/hosts/" + scenario.name("a"), """
                {"agentUrl":"%s","machine":"m0","agentName":"agent-7","labels":{"zone":"north"}}""".formatted(agent.url()));

        assertThat(changed.json().path("labels")).isEqualTo(Answer.tree("{\"zone\":\"north\"}"));
        assertThat(changed.json().path("agentName").asString()).isEqualTo("agent-7");
        assertThat(changed.json().path("status").asString())
                .as("what is known of the same address stays known")
                .isEqualTo("READY");
    }

    @Test
    void aHostWithRealmsCanNeitherMoveNorGo() {
        var agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");
        String host = "/v1/hosts/" + scenario.name("a");

        assertThat(client.delete(host).problem()).isEqualTo("host-in-use");
        Answer moved = client.put(host, "{\"agentUrl\":\"http://127.0.0.1:1\",\"machine\":\"m0\"}");
        assertThat(moved.problem()).isEqualTo("host-in-use");
        assertThat(client.get(host).json().path("agentUrl").asString()).isEqualTo(agent.url());

        client.post("/v1/realms/" + scenario.name("r") + "/stop");
        scenario.awaitPhase("r", "STOPPED");
        assertThat(client.delete(host).status()).isEqualTo(200);
        assertThat(client.get(host).status()).isEqualTo(404);
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/memory").problem())
                .isEqualTo("realm-not-launched");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "agentUrl | {\"machine\":\"m0\"}",
                "agentUrl | {\"agentUrl\":\"ftp://a\",\"machine\":\"m0\"}",
                "agentUrl | {\"agentUrl\":\"http://a b\",\"machine\":\"m0\"}",
                "agentUrl | {\"agentUrl\":\"http://a/?x=1\",\"machine\":\"m0\"}",
                "machine  | {\"agentUrl\":\"http://127.0.0.1:1\"}",
                "machine  | {\"agentUrl\":\"http://127.0.0.1:1\",\"machine\":\"../m0\"}",
                "agentName | {\"agentUrl\":\"http://127.0.0.1:1\",\"machine\":\"m0\",\"agentName\":\"\"}",
            })
    void aWrongRegistrationIsRefusedWithItsField(String field, String body) {
        Answer answer = client.put("/v1/hosts/" + scenario.name("a"), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
        assertThat(client.get("/v1/hosts/" + scenario.name("a")).status()).isEqualTo(404);
    }

    @Test
    void aHostNameIsADnsLabel() {
        Answer answer = client.put("/v1/hosts/Host_1", "{\"agentUrl\":\"http://127.0.0.1:1\",\"machine\":\"m0\"}");

        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo("name");
    }

    @Test
    void hostsThatDoNotExistAreNotFound() {
        assertThat(client.get("/v1/hosts/none").status()).isEqualTo(404);
        assertThat(client.delete("/v1/hosts/none").status()).isEqualTo(404);
        assertThat(client.post("/v1/hosts/none/cordon").status()).isEqualTo(404);
        assertThat(client.post("/v1/hosts/none/uncordon").status()).isEqualTo(404);
    }

    @Test
    void hostsAreListedPageByPage() {
        scenario.register("a", "http://127.0.0.1:1");
        scenario.register("b", "http://127.0.0.1:1");

        JsonNode page = client.get("/v1/hosts?pageSize=1").json();

        assertThat(page.path("hosts")).hasSize(1);
        assertThat(page.path("nextPageToken").asString()).isNotEmpty();
        assertThat(client.get("/v1/hosts?pageSize=500")
                        .json()
                        .path("hosts")
                        .valueStream()
                        .map(host -> host.path("name").asString()))
                .contains(scenario.name("a"), scenario.name("b"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "404 | {\"type\":\"/problems/not-found\",\"detail\":\"No machine m0.\"} | UNKNOWN_MACHINE",
                "500 | {\"type\":\"/problems/internal-error\"} | BAD_ANSWER",
                "200 | {\"profile\":\"rmm-3.0+kvm\"} | UNKNOWN_PROFILE",
                "200 | {\"profile\":\"rmm-2.0+kvm-rmi-v14\",\"dramBytes\":\"much\"} | BAD_ANSWER",
                "200 | <html> | BAD_ANSWER",
            })
    void anAgentThatAnswersSomethingElseIsNotReady(int status, String body, String reason) {
        AgentStub agent = scenario.agent(V14);
        for (int i = 0; i < 200; i++) {
            agent.once("GET /v1/machines/m0", exchange -> {
                AgentStub.answer(exchange, status, "application/json", body);
                return false;
            });
        }
        scenario.register("a", agent.url());

        JsonNode host =
                scenario.awaitHost("a", read -> read.path("reason").asString().equals(reason));

        assertThat(host.path("status").asString()).isEqualTo("NOT_READY");
    }
}
