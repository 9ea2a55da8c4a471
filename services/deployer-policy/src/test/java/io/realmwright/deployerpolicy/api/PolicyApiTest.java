package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyApiTest extends ServiceTest {
    private static final String CONTENT = """
            "description":"d","selector":{"ripas":"ranges"},"rules":[
              {"name":"ranges","when":"realm.vcpus == 1","effect":{"kind":"ALLOW",
                "ripasMode":{"kind":"DEPLOYER_RANGES","ranges":[
                  {"base":"0x80000000","size":"0x1000"},{"slot":0,"offset":"0x2000","size":"0x1000"},{"slot":1,"part":"LOW_HALF"}]},
                "verdict":{"kind":"ACCEPT_RANGES","ranges":[{"slot":0,"part":"ALL"}]},
                "measuredContents":"ALWAYS","requireGrantBinding":true}},
              {"name":"others","when":"true","effect":{"kind":"DENY","message":"no"}}]""";

    @Test
    void aPolicyIsCreatedWithADraftAndRepeatsWhatItWasGiven() {
        Answer created = client.post("/v1/policies", "{\"name\":\"%s\",%s}".formatted(scenario.name("p"), CONTENT));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/v1/policies/" + scenario.name("p"));
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().path("latestRevision").asInt()).isEqualTo(1);
        assertThat(created.json().has("publishedRevision")).isFalse();
        var revision = client.get("/v1/policies/" + scenario.name("p") + "/revisions/1")
                .json();
        assertThat(revision.path("content")).isEqualTo(Answer.tree("{" + CONTENT + "}"));
    }

    @Test
    void theDigestIsThatOfTheContentAsSortedJsonWithoutWhiteSpace() throws Exception {
        client.post("/v1/policies", """
                {"name":"%s","rules":[{"when":"true","name":"a","effect":{"message":"é","kind":"DENY"}}]}""".formatted(scenario.name("p")));

        String canonical =
                "{\"description\":\"\",\"rules\":[{\"effect\":{\"kind\":\"DENY\",\"message\":\"é\"},\"name\":\"a\",\"when\":\"true\"}]}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        assertThat(client.get("/v1/policies/" + scenario.name("p") + "/revisions/1")
                        .json()
                        .path("digest")
                        .asString())
                .isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void aPolicyInYamlIsTheSameAsInJson() {
        Answer created = yaml("POST", "/v1/policies", """
                # who declares, by guest
                name: %s
                description: d
                selector: {ripas: ranges}
                rules:
                  - name: ranges
                    when: >-
                      realm.vcpus == 1
                    effect:
                      kind: ALLOW
                      ripasMode:
                        kind: DEPLOYER_RANGES
                        ranges:
                          - {base: "0x80000000", size: "0x1000"}
                          - {slot: 0, offset: "0x2000", size: "0x1000"}
                          - {slot: 1, part: LOW_HALF}
                      verdict: {kind: ACCEPT_RANGES, ranges: [{slot: 0, part: ALL}]}
                      measuredContents: ALWAYS
                      requireGrantBinding: true
                  - name: others
                    when: "true"
                    effect: {kind: DENY, message: "no"}
                """.formatted(scenario.name("yaml")));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        client.post("/v1/policies", "{\"name\":\"%s\",%s}".formatted(scenario.name("json"), CONTENT));

        assertThat(client.get("/v1/policies/" + scenario.name("yaml") + "/revisions/1")
                        .json()
                        .path("digest"))
                .isEqualTo(client.get("/v1/policies/" + scenario.name("json") + "/revisions/1")
                        .json()
                        .path("digest"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name: p\\nrules: [ | 400 | unreadable-request",
                "name: p\\nname: q\\nrules: [] | 400 | unreadable-request",
                "name: p\\nruls: [] | 400 | unreadable-request",
                "name: p\\nrules: [] | 422 | invalid-request",
                "name: p\\nrules:\\n  - {name: a, when: realm.x == 1, effect: {kind: DENY, message: m}} | 422 | invalid-policy",
            })
    void yamlIsReadAsStrictlyAsJson(String body, int status, String problem) {
        Answer answer = yaml("POST", "/v1/policies", body.replace("\\n", "\n"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    @Test
    void onlyPoliciesComeAsYaml() {
        assertThat(yaml("POST", "/v1/decisions", "spec: {}").status()).isEqualTo(415);
        assertThat(yaml(
                                "POST",
                                "/v1/policies/validate",
                                "rules: [{name: a, when: 'true', effect: {kind: DENY, message: m}}]")
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }

    private Answer yaml(String method, String path, String body) {
        return client.send(method, path, BodyPublishers.ofString(body), "Content-Type", "application/yaml");
    }

    @Test
    void aRevisionIsAddedPublishedAndRolledBack() {
        String policy = "/v1/policies/" + scenario.rules("p", Scenario.rule("a", "true", Scenario.deny("one")));
        String second = "{\"rules\":[" + Scenario.rule("a", "true", Scenario.deny("two")) + "]}";

        Answer revised = client.put(policy, second, "If-Match", "\"2\"");
        assertThat(revised.status()).isEqualTo(200);
        assertThat(revised.header("ETag")).isEqualTo("\"3\"");
        assertThat(revised.json().path("latestRevision").asInt()).isEqualTo(2);
        assertThat(revised.json().path("publishedRevision").asInt()).isEqualTo(1);

        Answer published = client.post(policy + "/revisions/2/publish", "", "If-Match", "\"3\"");
        assertThat(published.json().path("publishedRevision").asInt()).isEqualTo(2);
        Answer rolledBack = client.post(policy + "/revisions/1/publish", "", "If-Match", published.header("ETag"));
        assertThat(rolledBack.json().path("publishedRevision").asInt()).isEqualTo(1);
        assertThat(client.get(policy).header("ETag")).isEqualTo("\"5\"");

        var revisions = client.get(policy + "/revisions").json().path("revisions");
        assertThat(revisions).hasSize(2);
        assertThat(revisions.path(0).path("content").toString()).contains("one");
        assertThat(revisions.path(1).path("content").toString()).contains("two");
        assertThat(revisions.path(0).path("digest"))
                .isNotEqualTo(revisions.path(1).path("digest"));
    }

    @Test
    void aBlindWriteIsRefusedAndSoIsAnOutdatedOne() {
        String policy = "/v1/policies/" + scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        String body = "{\"rules\":[" + Scenario.rule("a", "true", Scenario.deny("no")) + "]}";

        Answer blind = client.put(policy, body);
        assertThat(blind.status()).isEqualTo(428);
        assertThat(blind.problem()).isEqualTo("precondition-required");
        assertThat(client.post(policy + "/revisions/1/publish").status()).isEqualTo(428);
        Answer outdated = client.put(policy, body, "If-Match", "\"1\"");
        assertThat(outdated.status()).isEqualTo(412);
        assertThat(outdated.problem()).isEqualTo("precondition-failed");
        assertThat(client.put(policy, body, "If-Match", "W/\"2\"").status()).isEqualTo(412);
        assertThat(client.get(policy).json().path("latestRevision").asInt()).isEqualTo(1);
    }

    @Test
    void aNameIsTakenOnce() {
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");

        Answer again = client.post("/v1/policies", "{\"name\":\"%s\",%s}".formatted(policy, CONTENT));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json()).isEqualTo(Answer.tree("""
                {"type":"/problems/name-taken","title":"The name is taken","status":409,"detail":"There is a policy %s \
                already.","instance":"/v1/policies"}""".formatted(policy)));
        assertThat(client.get("/v1/policies/" + policy + "/revisions").json().path("revisions"))
                .hasSize(1);
    }

    @Test
    void rulesThatDoNotCompileAreRefusedWithTheirPlacesAndNothingIsStored() {
        Answer answer = client.post(
                "/v1/policies",
                "{\"name\":\"%s\",\"rules\":[%s,%s]}"
                        .formatted(
                                scenario.name("p"),
                                Scenario.rule("a", "realm.vcpus > 1 &&\n realm.cpu == 1", Scenario.deny("no")),
                                Scenario.rule("b", "realm.vcpus", Scenario.deny("no"))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-policy");
        assertThat(answer.json().path("errors")).isEqualTo(Answer.tree("""
                [{"field":"rules[0].when","message":"undefined field 'cpu'","line":2,"column":7},
                 {"field":"rules[1].when","message":"a rule is a bool, and this expression is int","line":1,"column":1}]"""));
        assertThat(client.get("/v1/policies/" + scenario.name("p")).status()).isEqualTo(404);
    }

    @Test
    void aValidationTellsTheSameWithoutStoring() {
        Answer wrong = client.post(
                "/v1/policies/validate",
                "{\"rules\":[" + Scenario.rule("a", "labels.x ==", Scenario.deny("no")) + "]}");
        assertThat(wrong.status()).isEqualTo(200);
        assertThat(wrong.json().path("valid").asBoolean()).isFalse();
        assertThat(wrong.json().path("errors").path(0).path("column").asInt()).isEqualTo(12);

        Answer right = client.post("/v1/policies/validate", "{\"name\":\"any\",%s}".formatted(CONTENT));
        assertThat(right.json().path("valid").asBoolean()).isTrue();
        assertThat(right.json().path("errors")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name             | {'name':'Not A Name','rules':[RULE]}",
                "name             | {'rules':[RULE]}",
                "rules            | {'name':'NAME'}",
                "rules            | {'name':'NAME','rules':[]}",
                "rules[1].name    | {'name':'NAME','rules':[RULE,RULE]}",
                "rules[0]         | {'name':'NAME','rules':[null]}",
                "rules[0].when    | {'name':'NAME','rules':[{'name':'a','effect':{'kind':'DENY','message':'m'}}]}",
                "rules[0].effect  | {'name':'NAME','rules':[{'name':'a','when':'true'}]}",
                "rules[0].effect.message | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'DENY'}}]}",
                "rules[0].effect.ripasMode | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','verdict':{'kind':'ACCEPT'}}}]}",
                "rules[0].effect.ripasMode.ranges | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','ripasMode':{'kind':'DEPLOYER_RANGES','ranges':[]},'verdict':{'kind':'ACCEPT'}}}]}",
                "rules[0].effect.ripasMode.ranges[0] | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','ripasMode':{'kind':'DEPLOYER_RANGES','ranges':[{'base':'0x800','size':'0x1000'}]},'verdict':{'kind':'ACCEPT'}}}]}",
                "rules[0].effect.ripasMode.ranges[0] | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','ripasMode':{'kind':'DEPLOYER_RANGES','ranges':[{'slot':1,'base':'0x0'}]},'verdict':{'kind':'ACCEPT'}}}]}",
                "rules[0].effect.ripasMode.ranges[0].part | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','ripasMode':{'kind':'DEPLOYER_RANGES','ranges':[{'slot':1,'part':'MIDDLE'}]},'verdict':{'kind':'ACCEPT'}}}]}",
                "rules[0].effect.ripasMode.ranges[0].size | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','ripasMode':{'kind':'DEPLOYER_RANGES','ranges':[{'slot':1,'offset':'0x0','size':'12'}]},'verdict':{'kind':'ACCEPT'}}}]}",
                "rules[0].effect.ripasMode | {'name':'NAME','rules':[{'name':'a','when':'true','effect':{'kind':'ALLOW','ripasMode':{'kind':'NOBODY'},'verdict':{'kind':'ACCEPT'}}}]}",
                "selector.a b     | {'name':'NAME','selector':{'a b':'c'},'rules':[RULE]}",
            })
    void everyWrongFieldIsNamed(String field, String body) {
        String rule = "{'name':'a','when':'true','effect':{'kind':'DENY','message':'m'}}";
        String json = body.replace("'NAME'", "'" + scenario.name("p") + "'")
                .replace("RULE", rule)
                .replace('\'', '"');
        Answer answer = client.post("/v1/policies", json);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.json().path("errors"))
                .anySatisfy(error -> assertThat(error.path("field").asString()).isEqualTo(field));
    }

    @Test
    void anUnknownFieldIsRefused() {
        Answer answer = client.post(
                "/v1/policies",
                "{\"name\":\"%s\",\"rules\":[{\"name\":\"a\",\"when\":\"true\",\"efect\":{}}]}"
                        .formatted(scenario.name("p")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("unreadable-request");
        assertThat(answer.json().path("detail").asString()).isEqualTo("The field rules[0].efect is unknown.");
    }

    @Test
    void policiesAreListedPageByPage() {
        for (String name : new String[] {"a", "b", "c"}) {
            scenario.policy(name, Scenario.HOST_ALL, "ACCEPT");
        }
        String before = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(scenario.name("").getBytes(StandardCharsets.UTF_8));

        var first = client.get("/v1/policies?pageSize=2&pageToken=" + before).json();
        assertThat(first.path("policies"))
                .extracting(policy -> policy.path("name").asString())
                .containsExactly(scenario.name("a"), scenario.name("b"));
        var second = client.get("/v1/policies?pageSize=2&pageToken="
                        + first.path("nextPageToken").asString())
                .json();
        assertThat(second.path("policies").path(0).path("name").asString()).isEqualTo(scenario.name("c"));
        assertThat(client.get("/v1/policies?pageSize=501").status()).isEqualTo(422);
        assertThat(client.get("/v1/policies?pageToken=%21").status()).isEqualTo(422);
        assertThat(client.get("/v1/policies?pageSize=many").status()).isEqualTo(400);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        assertThat(client.get("/v1/policies/none").status()).isEqualTo(404);
        assertThat(client.get("/v1/policies/none/revisions").status()).isEqualTo(404);
        assertThat(client.get("/v1/policies/" + policy + "/revisions/9").status())
                .isEqualTo(404);
        assertThat(client.post("/v1/policies/" + policy + "/revisions/9/publish", "", "If-Match", "\"2\"")
                        .problem())
                .isEqualTo("not-found");
        assertThat(client.put(
                                "/v1/policies/none",
                                "{\"rules\":[" + Scenario.rule("a", "true", Scenario.deny("no")) + "]}",
                                "If-Match",
                                "\"1\"")
                        .status())
                .isEqualTo(404);
    }
}
