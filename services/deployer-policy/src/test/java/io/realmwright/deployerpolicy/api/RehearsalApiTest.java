package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Decisions under rules that nobody has published, and launches that are told call by call without being made. */
class RehearsalApiTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;

    private static String draft(String... rules) {
        return "{\"rules\":[" + String.join(",", rules) + "]}";
    }

    private Answer dryRun(String spec, String draft) {
        return client.post("/v1/decisions?dryRun=true", """
                {"hostSelector":%s,"spec":%s,"draft":%s}""".formatted(scenario.hosts(), spec, draft));
    }

    private Answer rehearse(String host, String spec, String more) {
        return client.post("/v1/rehearsals", """
                {"host":"%s","spec":%s%s}""".formatted(scenario.name(host), spec, more));
    }

    @Test
    @DisplayName("A draft decides in a dry run with trace and forecast, and is no revision of any policy")
    void aDraftDecidesInADryRun() {
        scenario.host("a", INIT_RIPAS);
        scenario.host("b", V14);

        JsonNode decision = dryRun(
                        spec("LINUX"),
                        draft(
                                rule("big", "realm.vcpus > 8", deny("too big")),
                                rule("rest", "true", allow(GUEST_DECLARES, "ACCEPT"))))
                .json();

        assertThat(decision.path("verdict").asString()).isEqualTo("ALLOW");
        assertThat(decision.path("selection").propertyNames()).containsExactly("digest", "explanation");
        assertThat(decision.path("selection").path("explanation").asString())
                .isEqualTo("A draft decides, which is not published.");
        JsonNode able = decision.path("hosts").path(0);
        assertThat(able.path("trace").path(1).path("result").asString()).isEqualTo("MATCHED");
        assertThat(able.path("forecast").path("outcome").path("kind").asString())
                .isEqualTo("FAULTED");
        assertThat(decision.path("hosts").path(1).path("unavailable")).isEqualTo(Answer.tree("[\"MODE_UNAVAILABLE\"]"));
        assertThat(client.get("/v1/decisions/" + decision.path("id").asString()).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("A draft whose selector would not fit the realm decides all the same, and says so")
    void aSelectorThatWouldNotFitIsSaid() {
        scenario.host("a", V14);
        String selective = """
                {"selector":{"team":"b"},"rules":[%s]}""".formatted(rule("all", "true", allow(HOST_ALL, "ACCEPT")));

        JsonNode selection = dryRun(spec("LINUX"), selective).json().path("selection");

        assertThat(selection.path("explanation").asString()).contains("team=b", "would not fit the realm's labels");
    }

    @Test
    @DisplayName("A draft that does not compile is refused at the very position, with its path in the request")
    void aDraftThatDoesNotCompile() {
        Answer answer = dryRun(spec("LINUX"), draft(rule("all", "realm.vcpus === 1", allow(HOST_ALL, "ACCEPT"))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-policy");
        JsonNode error = answer.json().path("errors").path(0);
        assertThat(error.path("field").asString()).isEqualTo("draft.rules[0].when");
        assertThat(error.path("column").asInt()).isEqualTo(15);
    }

    @Test
    @DisplayName("A draft never decides in earnest, and one without rules is none")
    void aDraftNeverDecidesInEarnest() {
        String draft = draft(rule("all", "true", allow(HOST_ALL, "ACCEPT")));
        Answer inEarnest = client.post("/v1/decisions", """
                {"spec":%s,"draft":%s}""".formatted(spec("LINUX"), draft));
        assertThat(inEarnest.problem()).isEqualTo("invalid-request");
        assertThat(inEarnest.json().path("errors"))
                .isEqualTo(Answer.tree("[{\"field\":\"draft\",\"message\":\"decides in a dry run only\"}]"));

        Answer empty = dryRun(spec("LINUX"), draft());
        assertThat(empty.problem()).isEqualTo("invalid-request");
        assertThat(empty.json().path("errors").path(0).path("field").asString()).isEqualTo("draft.rules");
    }

    @Test
    @DisplayName("A rehearsal tells the calls and the memory that the same launch then really has")
    void aRehearsalTellsWhatTheLaunchThenHas() {
        scenario.host("a", INIT_RIPAS);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        JsonNode rehearsal =
                rehearse("a", spec("LINUX"), ",\"policy\":\"" + policy + "\"").json();
        scenario.create("r", policy, spec("LINUX"));
        scenario.awaitOutcome("r");

        JsonNode played = rehearsal.path("played");
        JsonNode timeline = client.get("/v1/realms/" + scenario.name("r") + "/timeline?pageSize=500")
                .json();
        assertThat(played.path("callsTotal")).isEqualTo(timeline.path("callsTotal"));
        assertThat(essence(played.path("calls"))).isEqualTo(essence(timeline.path("calls")));
        assertThat(played.path("memory"))
                .isEqualTo(client.get("/v1/realms/" + scenario.name("r") + "/memory")
                        .json()
                        .path("runs"));
        assertThat(played.path("memoryRunsTotal").asInt())
                .isEqualTo(played.path("memory").size());
        assertThat(rehearsal
                        .path("decision")
                        .path("hosts")
                        .path(0)
                        .path("forecast")
                        .path("rim")
                        .asString())
                .isEqualTo(scenario.get("r").path("status").path("rim").asString());
    }

    /** Registers name granules of the host, which another machine hands out otherwise. */
    private static List<String> essence(JsonNode calls) {
        return calls.valueStream()
                .map(call -> call.path("call") + " " + call.path("command") + " " + call.path("status") + " "
                        + call.path("exit") + " " + call.path("guestCalls"))
                .toList();
    }

    @Test
    @DisplayName("Two modes of one realm are told apart without launching anything")
    void twoModesAreToldApart() {
        scenario.host("a", INIT_RIPAS);
        String host = draft(rule("all", "true", allow(HOST_ALL, "ACCEPT")));
        String guest = draft(rule("all", "true", allow(GUEST_DECLARES, "ACCEPT")));

        JsonNode one = rehearse("a", spec("LINUX"), ",\"draft\":" + host).json();
        JsonNode other = rehearse("a", spec("LINUX"), ",\"draft\":" + guest).json();

        assertThat(outcome(one)).isEqualTo("BOOTED");
        assertThat(outcome(other)).isEqualTo("FAULTED");
        assertThat(essence(one.path("played").path("calls")))
                .isNotEqualTo(essence(other.path("played").path("calls")));
        assertThat(client.get("/v1/realms?label=scenario=" + scenario.number())
                        .json()
                        .path("realms"))
                .isEmpty();
    }

    private static String outcome(JsonNode rehearsal) {
        return rehearsal
                .path("decision")
                .path("hosts")
                .path(0)
                .path("forecast")
                .path("outcome")
                .path("kind")
                .asString();
    }

    @Test
    @DisplayName("What is denied, or cannot be carried out, is not played")
    void whatCannotBeIsNotPlayed() {
        scenario.host("a", V14);

        JsonNode denied = rehearse("a", spec("LINUX"), ",\"draft\":" + draft(rule("no", "true", deny("no"))))
                .json();
        assertThat(denied.path("decision").path("verdict").asString()).isEqualTo("DENY");
        assertThat(denied.has("played")).isFalse();

        JsonNode unable = rehearse(
                        "a", spec("LINUX"), ",\"draft\":" + draft(rule("x", "true", allow(GUEST_DECLARES, "ACCEPT"))))
                .json();
        assertThat(unable.path("decision").path("hosts").path(0).path("unavailable"))
                .isEqualTo(Answer.tree("[\"MODE_UNAVAILABLE\"]"));
        assertThat(unable.has("played")).isFalse();
    }

    @Test
    @DisplayName("A realm of many calls is told up to a bound, and how many there are")
    void manyCallsAreBounded() {
        scenario.host("a", V14);
        String large = """
                {"memslots":[{"base":"0x80000000","size":"0x10000000"}],
                 "images":[{"generated":{"seed":7,"size":"0x1000000"},"ipa":"0x80000000"}],
                 "guest":{"profile":"UNAWARE"}}""";

        JsonNode played = rehearse("a", large, ",\"draft\":" + draft(rule("all", "true", allow(HOST_ALL, "ACCEPT"))))
                .json()
                .path("played");

        assertThat(played.path("calls")).hasSize(5000);
        assertThat(played.path("callsTotal").asInt()).isGreaterThan(8000);
    }

    @Test
    @DisplayName("A host that is not known, or not named, is refused at its field")
    void anUnknownHost() {
        Answer unknown = rehearse("nobody", spec("LINUX"), "");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().path("errors").path(0).path("field").asString())
                .isEqualTo("host");

        Answer missing = client.post("/v1/rehearsals", "{\"spec\":" + spec("LINUX") + "}");
        assertThat(missing.problem()).isEqualTo("invalid-request");
        assertThat(missing.json().path("errors").path(0).path("field").asString())
                .isEqualTo("host");
    }
}
