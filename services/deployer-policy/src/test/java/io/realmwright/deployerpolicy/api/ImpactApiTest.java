package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ImpactApiTest extends ServiceTest {
    private static final String RULES_NOW = rule("all", "true", allow(HOST_ALL, "ACCEPT"));

    @Test
    void aDraftTellsWhatItWouldChangeForEveryRealmAndChangesNothing() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        String policy = scenario.rules("p", RULES_NOW);
        String other = scenario.policy("o", HOST_ALL, "ACCEPT");
        scenario.create("denied", policy, spec("UNAWARE"));
        scenario.create("other-mode", policy, spec("LINUX_EARLY_RSI"));
        scenario.create("same", policy, spec("LINUX"));
        scenario.create("elsewhere", other, spec("UNAWARE"));
        draft(
                policy,
                rule("unaware", "guest.profile == 'UNAWARE'", deny("declare it yourself")),
                rule("early", "guest.profile == 'LINUX_EARLY_RSI'", allow("{\"kind\":\"GUEST_DECLARES\"}", "ACCEPT")),
                RULES_NOW);

        Map<String, JsonNode> changes = impact(policy, "{\"revision\":2}");

        assertThat(changes.get("same").path("change").asString()).isEqualTo("UNCHANGED");
        assertThat(changes.get("elsewhere").path("change").asString()).isEqualTo("UNCHANGED");
        assertThat(changes.get("denied").path("change").asString()).isEqualTo("NEWLY_DENIED");
        assertThat(changes.get("denied").path("hosts")).isEqualTo(Answer.tree("""
                [{"host":"%s",
                  "from":{"verdict":"ALLOW","rule":"all","plan":{"ripasMode":{"kind":"HOST_ALL_MEMSLOTS"},
                          "verdict":{"kind":"ACCEPT"},"measuredContents":"AS_SPECIFIED"}},
                  "to":{"verdict":"DENY","rule":"unaware","reason":"DENIED_BY_RULE","message":"declare it yourself"}}]""".formatted(scenario.name("a"))));
        assertThat(changes.get("other-mode").path("change").asString()).isEqualTo("CHANGED");
        JsonNode to = changes.get("other-mode").path("hosts").path(0).path("to");
        assertThat(to.path("rule").asString()).isEqualTo("early");
        assertThat(to.path("plan").path("ripasMode").path("kind").asString()).isEqualTo("GUEST_DECLARES");
        assertThat(client.get("/v1/policies/" + policy)
                        .json()
                        .path("publishedRevision")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void requestsOfATimeWindowAreJudgedAnewDenialsToo() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules("p", rule("none", "true", deny("not yet")));
        Instant from = Instant.now();
        assertThat(client.post("/v1/realms", scenario.realm("r", policy, spec("LINUX")))
                        .status())
                .isEqualTo(403);
        Instant until = Instant.now();
        client.post("/v1/decisions", scenario.realm("later", policy, spec("LINUX")));
        draft(policy, RULES_NOW);

        JsonNode changes = client.post(
                        "/v1/policies/" + policy + "/impact",
                        "{\"revision\":2,\"of\":\"REQUESTS\",\"from\":\"%s\",\"until\":\"%s\"}".formatted(from, until))
                .json()
                .path("changes");

        assertThat(changes).hasSize(1);
        assertThat(changes.path(0).path("subject").asString()).startsWith("decision/");
        assertThat(changes.path(0).path("change").asString()).isEqualTo("NEWLY_ALLOWED");
    }

    @Test
    void aStreamTellsChangesOnlyProgressAndASummary() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules("p", RULES_NOW);
        scenario.create("one", policy, spec("LINUX"));
        scenario.create("two", policy, spec("UNAWARE"));
        draft(policy, rule("unaware", "guest.profile == 'UNAWARE'", deny("no")), RULES_NOW);

        Answer answer =
                client.post("/v1/policies/" + policy + "/impact", "{\"revision\":2}", "Accept", "application/x-ndjson");

        List<JsonNode> lines = answer.text().lines().map(Answer::tree).toList();
        assertThat(lines)
                .filteredOn(line -> line.path("kind").asString().equals("CHANGE"))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.path("change").path("subject").asString())
                                .isEqualTo("realm/" + scenario.name("two")));
        JsonNode progress = lines.get(lines.size() - 2);
        assertThat(progress.path("kind").asString()).isEqualTo("PROGRESS");
        assertThat(progress.path("done")).isEqualTo(progress.path("total"));
        JsonNode summary = lines.getLast();
        assertThat(summary.path("kind").asString()).isEqualTo("SUMMARY");
        assertThat(summary.path("counts").path("NEWLY_DENIED").asInt()).isEqualTo(1);
        assertThat(summary.path("counts").path("UNCHANGED").asLong())
                .isEqualTo(progress.path("total").asLong() - 1);
    }

    /** The draft would select realms that another policy decides about today. */
    @Test
    void aDraftThatSelectsOtherRealmsTellsSo() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String team = scenario.name("team");
        create("wide", "{\"team\":\"" + team + "\"}", RULES_NOW);
        client.post("/v1/policies/" + scenario.name("wide") + "/revisions/1/publish", "", "If-Match", "\"1\"");
        create("narrow", "{\"team\":\"" + team + "\",\"tier\":\"gold\"}", rule("no", "true", deny("no")));
        assertThat(client.post("/v1/realms", """
                {"name":"%s","hostSelector":%s,"labels":{"team":"%s","tier":"gold"},"spec":%s}""".formatted(scenario.name("r"), scenario.hosts(), team, spec("LINUX")))
                        .status())
                .isEqualTo(202);

        Map<String, JsonNode> changes = impact(scenario.name("narrow"), "{\"revision\":1}");

        assertThat(changes.get("r").path("change").asString()).isEqualTo("NEWLY_DENIED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | 422",
                "{\"revision\":0} | 422",
                "{\"revision\":9} | 404",
                "{\"revision\":1,\"of\":\"NOBODY\"} | 422",
                "{\"revision\":1,\"of\":\"REQUESTS\"} | 422",
                "{\"revision\":1,\"from\":\"2026-01-01T00:00:00Z\"} | 422",
                "{\"revision\":1,\"more\":1} | 400",
            })
    void badQuestionsAreRefused(String body, int status) {
        String policy = scenario.rules("p", RULES_NOW);

        assertThat(client.post("/v1/policies/" + policy + "/impact", body).status())
                .isEqualTo(status);
    }

    private void create(String name, String selector, String... rules) {
        Answer created =
                client.post("/v1/policies", """
                {"name":"%s","selector":%s,"rules":[%s]}""".formatted(scenario.name(name), selector, String.join(",", rules)));
        assertThat(created.status()).isEqualTo(201);
    }

    private void draft(String policy, String... rules) {
        Answer revised = client.put(
                "/v1/policies/" + policy, "{\"rules\":[" + String.join(",", rules) + "]}", "If-Match", "\"2\"");
        assertThat(revised.status()).as(revised.text()).isEqualTo(200);
    }

    /** The changes of this scenario's realms by their names, read page by page. */
    private Map<String, JsonNode> impact(String policy, String body) {
        var changes = new HashMap<String, JsonNode>();
        String token = "";
        do {
            Answer answer = client.post("/v1/policies/" + policy + "/impact?pageSize=2&pageToken=" + token, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            for (JsonNode change : answer.json().path("changes")) {
                String subject = change.path("subject").asString();
                if (subject.startsWith("realm/" + scenario.name(""))) {
                    changes.put(subject.substring(("realm/" + scenario.name("")).length()), change);
                }
            }
            token = answer.json().path("nextPageToken").asString("");
        } while (!token.isEmpty());
        return changes;
    }
}
