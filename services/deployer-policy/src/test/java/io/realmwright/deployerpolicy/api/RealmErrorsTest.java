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
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bad requests get a clear problem and change nothing. */
class RealmErrorsTest extends ServiceTest {
    private static final String IMAGE = "{'generated':{'seed':7,'size':'0x10000'},'ipa':'0x80000000'}";
    private static final String SLOT = "{'base':'0x80000000','size':'0x1000000'}";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "spec.memslots[1] | overlaps memslots[0] | {'memslots':[SLOT,{'base':'0x80fff000','size':'0x2000'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots[0] | multiples of 0x1000 | {'memslots':[{'base':'0x80000800','size':'0x1000000'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots[0] | multiples of 0x1000 | {'memslots':[{'base':'0x80000000','size':'0x1000001'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots[1] | protected half | {'memslots':[SLOT,{'base':'0x8000000000','size':'0x1000'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots[0].size | more than zero | {'memslots':[{'base':'0x80000000','size':'0x0'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots[0].base | hexadecimal | {'memslots':[{'base':'2147483648','size':'0x1000'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots[0].base | 63 bits | {'memslots':[{'base':'0xffffffffffffffff','size':'0x1000'}],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots | at least one | {'memslots':[],'images':[IMAGE],'guest':LINUX}",
                "spec.memslots | at least one | {'images':[IMAGE],'guest':LINUX}",
                "spec.images[0] | larger than its memslot | {'memslots':[{'base':'0x80000000','size':'0x8000'}],'images':[IMAGE],'guest':LINUX}",
                "spec.images[0].ipa | in no guest_memfd memslot | {'memslots':[{'base':'0x80000000','size':'0x1000000','guestMemfd':false}],'images':[IMAGE],'guest':LINUX}",
                "spec.images[1] | overlaps another | {'memslots':[SLOT],'images':[IMAGE,IMAGE],'guest':LINUX}",
                "spec.images[0].ipa | multiple of 0x1000 | {'memslots':[SLOT],'images':[{'generated':{'seed':7,'size':'0x10000'},'ipa':'0x80000010'}],'guest':LINUX}",
                "spec.images[0].generated.size | whole number of granules | {'memslots':[SLOT],'images':[{'generated':{'seed':7,'size':'0x4001000'},'ipa':'0x80000000'}],'guest':LINUX}",
                "spec.images[0].digest | SHA-256 | {'memslots':[SLOT],'images':[{'digest':'abc','ipa':'0x80000000'}],'guest':LINUX}",
                "spec.guest.profile | runs from the first image | {'memslots':[SLOT],'guest':LINUX}",
                "spec.guest.profile | is one of EDK2_LINUX, LINUX_EARLY_RSI, LINUX, UNAWARE | {'memslots':[SLOT],'images':[IMAGE],'guest':{'profile':'WINDOWS'}}",
                "spec.guest | is required | {'memslots':[SLOT],'images':[IMAGE]}",
                "spec.guest.program[0].imm | is 0 to 65535 | {'memslots':[SLOT],'images':[IMAGE],'guest':{'program':[{'step':'HOST_CALL','imm':65536,'buffer':'0x80000000'}]}}",
                "spec.guest.program[0].access | is one of READ | {'memslots':[SLOT],'images':[IMAGE],'guest':{'program':[{'step':'TOUCH','access':'POKE','ipa':'0x80000000'}]}}",
                "spec.guest.program[0] | wrong kind | {'memslots':[SLOT],'images':[IMAGE],'guest':{'program':[{'step':'DANCE'}]}}",
                "spec.vcpus | is 1 to 512 | {'memslots':[SLOT],'images':[IMAGE],'vcpus':0,'guest':LINUX}",
                "spec.vcpus | wrong kind | {'memslots':[SLOT],'images':[IMAGE],'vcpus':'two','guest':LINUX}",
                "spec.ipaBits | is 32 to 48 | {'memslots':[SLOT],'images':[IMAGE],'ipaBits':31,'guest':LINUX}",
                "spec.hashAlgorithm | is one of SHA_256 | {'memslots':[SLOT],'images':[IMAGE],'hashAlgorithm':'MD5','guest':LINUX}",
            })
    void aSpecThatBreaksARuleIsRefusedWithItsField(String field, String message, String spec) {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String json = spec.replace("SLOT", SLOT)
                .replace("IMAGE", IMAGE)
                .replace("'guest':LINUX", "'guest':{'profile':'LINUX'}")
                .replace('\'', '"');

        Answer answer = client.post("/v1/realms", scenario.realm("r", policy, json));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.json().path("errors")).as(answer.text()).anySatisfy(error -> {
            assertThat(error.path("field").asString()).isEqualTo(field);
            assertThat(error.path("message").asString()).contains(message);
        });
        assertThat(client.get("/v1/realms/" + scenario.name("r")).status()).isEqualTo(404);
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        Answer answer = client.post("/v1/realms", """
                {"name":"UPPER","restartPolicy":"SOMETIMES","labels":{"":"x"},"policy":"A B",
                 "spec":{"memslots":[{"base":"1","size":"2"}],"guest":{}}}""");

        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactlyInAnyOrder(
                        "name",
                        "restartPolicy",
                        "labels.",
                        "policy",
                        "spec.memslots[0].base",
                        "spec.memslots[0].size",
                        "spec.guest.profile");
    }

    @Test
    void anUnknownImageIsNamed() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String unknown = "ab".repeat(32);

        Answer answer = client.post("/v1/realms", scenario.realm("r", policy, """
                {"memslots":[{"base":"0x80000000","size":"0x1000000"}],
                 "images":[{"digest":"%s","ipa":"0x80000000"}],"guest":{"profile":"LINUX"}}""".formatted(unknown)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("unknown-image");
        assertThat(answer.json().path("errors")).isEqualTo(Answer.tree("""
                [{"field":"spec.images[0].digest","message":"names no stored image: %s"}]""".formatted(unknown)));
    }

    @Test
    void anUnknownPolicyAndADraftAreRefused() {
        client.post(
                "/v1/policies",
                "{\"name\":\"%s\",\"rules\":[%s]}".formatted(scenario.name("draft"), rule("a", "true", deny("no"))));

        for (String policy : new String[] {"no-such-policy", scenario.name("draft")}) {
            Answer answer = client.post("/v1/realms", scenario.realm("r", policy, spec("LINUX")));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.problem()).isEqualTo("unknown-policy");
            assertThat(answer.json().path("detail").asString()).isEqualTo("No policy " + policy + " is published.");
        }
    }

    @Test
    void aNameIsTakenOnce() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        JsonNode first = scenario.create("r", policy, spec("LINUX"));

        Answer second = client.post("/v1/realms", scenario.realm("r", policy, spec("UNAWARE")));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.problem()).isEqualTo("name-taken");
        assertThat(scenario.get("r").path("spec")).isEqualTo(first.path("spec"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"name\":\"a\",\"name\":\"b\"}", "{\"spec\":{}} x", "nonsense"})
    void whatIsNoJsonObjectCannotBeRead(String body) {
        Answer answer = client.post("/v1/realms", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("unreadable-request");
    }

    @Test
    void aDocumentOfMoreThanFourMebibytesIsTooLarge() {
        Answer answer = client.post("/v1/realms", " ".repeat(4 << 20) + "{}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("payload-too-large");
    }

    @Test
    void anUnknownFieldIsNamed() {
        Answer answer = client.post("/v1/realms", """
                {"name":"a","spec":{"memslots":[{"base":"0x0","size":"0x1000","flags":1}]}}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).isEqualTo("The field spec.memslots[0].flags is unknown.");
    }

    @Test
    void anotherMediaTypeMethodOrPathIsAProblemToo() {
        Answer text =
                client.send("POST", "/v1/realms", BodyPublishers.ofString("name: a"), "Content-Type", "text/plain");
        assertThat(text.status()).isEqualTo(415);
        assertThat(text.problem()).isEqualTo("unsupported-media-type");
        Answer patch = client.send("PATCH", "/v1/realms/a", BodyPublishers.noBody());
        assertThat(patch.status()).isEqualTo(405);
        assertThat(patch.problem()).isEqualTo("method-not-allowed");
        Answer nowhere = client.get("/v1/nowhere");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.problem()).isEqualTo("not-found");
        assertThat(nowhere.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aDenialCarriesItsDecisionAndLeavesNoRealm() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules(
                "p",
                rule("small-only", "realm.vcpus > 8 || realm.memoryBytes > 0x800000", deny("Too big for this fleet.")),
                rule("rest", "true", allow(HOST_ALL, "ACCEPT")));

        Answer denied = client.post("/v1/realms", scenario.realm("r", policy, spec("LINUX")));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.problem()).isEqualTo("denied-by-policy");
        JsonNode problem = denied.json();
        assertThat(problem.path("detail").asString()).isEqualTo("Too big for this fleet.");
        JsonNode trace = problem.path("decision").path("hosts").path(0).path("trace");
        assertThat(trace.path(0).path("values")).isEqualTo(Answer.tree("""
                [{"expression":"realm.memoryBytes > 8388608","value":"true","expected":"true","line":1,"column":20},
                 {"expression":"realm.memoryBytes","value":"16777216","expected":"> 8388608","line":1,"column":20}]"""));
        assertThat(client.get("/v1/decisions/" + problem.path("decisionId").asString())
                        .json())
                .isEqualTo(problem.path("decision"));
        assertThat(client.get("/v1/realms/" + scenario.name("r")).status()).isEqualTo(404);
    }

    @Test
    void aRealmThatNoPolicySelectsIsDeniedEvenWithoutHosts() {
        Answer denied = client.post("/v1/realms", """
                {"name":"%s","spec":%s,"hostSelector":%s}""".formatted(scenario.name("r"), spec("LINUX"), scenario.hosts()));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json()
                        .path("decision")
                        .path("selection")
                        .path("reason")
                        .asString())
                .isEqualTo("NO_POLICY");
    }

    @Test
    void aDeniedDryRunLeavesNoDecision() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules("p", rule("none", "true", deny("no")));

        Answer denied = client.post("/v1/realms?dryRun=true", scenario.realm("r", policy, spec("LINUX")));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().has("decisionId")).isFalse();
        String id = denied.json().path("decision").path("id").asString();
        assertThat(client.get("/v1/decisions/" + id).status()).isEqualTo(404);
    }

    @Test
    void realmsThatDoNotExistAreNotFound() {
        for (String path :
                new String[] {"", "/memory", "/memory?call=0", "/timeline", "/measurements", "/trace", "/placement"}) {
            assertThat(client.get("/v1/realms/none" + path).status()).isEqualTo(404);
        }
        assertThat(client.post("/v1/realms/none/stop").status()).isEqualTo(404);
        assertThat(client.delete("/v1/realms/none").status()).isEqualTo(404);
    }

    @Test
    void aFilterThatMakesNoSenseIsRefused() {
        assertThat(client.get("/v1/realms?phase=HAPPY").status()).isEqualTo(422);
        assertThat(client.get("/v1/realms?label=x").status()).isEqualTo(422);
        assertThat(client.get("/v1/realms?dryRun=maybe").status()).isEqualTo(200);
        assertThat(client.post("/v1/realms?dryRun=maybe", "{}").status()).isEqualTo(400);
    }
}
