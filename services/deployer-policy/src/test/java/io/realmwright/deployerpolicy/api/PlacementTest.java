package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Which host a realm goes to, why it goes to none, and what it waits for. */
class PlacementTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final HostProfile V10 = HostProfile.RMM_1_0_KVM_RME_V10;

    @Test
    void aRealmWithoutCandidateHostWaitsForOne() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        JsonNode waiting = scenario.create("r", policy, spec("LINUX")).path("status");
        assertThat(waiting.path("phase").asString()).isEqualTo("PENDING");
        assertThat(waiting.path("reason").asString()).isEqualTo("NO_HOST");

        scenario.host("late", V14);

        JsonNode status = scenario.awaitOutcome("r").path("status");
        assertThat(status.path("host").asString()).isEqualTo(scenario.name("late"));
    }

    @Test
    void aRealmThatNoHostCanTakeSaysWhyForEachAndWaitsForOneThatCan() {
        scenario.host("v10", V10);
        scenario.host("v14", V14);
        String policy = scenario.policy("p", GUEST_DECLARES, "REJECT");
        scenario.create("r", policy, spec("LINUX_EARLY_RSI"));

        JsonNode status = scenario.awaitRealm(
                        "r",
                        realm -> realm.path("status").path("reason").asString().equals("UNPLACEABLE"))
                .path("status");
        assertThat(status.path("phase").asString()).isEqualTo("DECIDED");
        assertThat(status.path("refusedHosts"))
                .isEqualTo(Answer.tree("""
                [{"host":"%s","reasons":["VERDICT_UNAVAILABLE"],"message":"the host's KVM UABI cannot give this run-time verdict"},
                 {"host":"%s","reasons":["MODE_UNAVAILABLE","VERDICT_UNAVAILABLE"],
                  "message":"the host's KVM UABI cannot declare memory in this mode; the host's KVM UABI cannot give this run-time verdict"}]""".formatted(scenario.name("v10"), scenario.name("v14"))));
        JsonNode placement =
                client.get("/v1/realms/" + scenario.name("r") + "/placement").json();
        assertThat(placement.path("refusedHosts")).isEqualTo(status.path("refusedHosts"));

        scenario.host("x", INIT_RIPAS);
        assertThat(scenario.awaitOutcome("r").path("status").path("host").asString())
                .isEqualTo(scenario.name("x"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'kind':'HOST_ALL_MEMSLOTS'} | {'kind':'ACCEPT'} | true  | SHA_256 | GRANT_NOT_IN_TOKEN",
                "{'kind':'HOST_ALL_MEMSLOTS'} | {'kind':'ACCEPT'} | false | SHA_512 | HASH_UNAVAILABLE",
                "{'kind':'HOST_ALL_MEMSLOTS'} | {'kind':'ACCEPT_RANGES','ranges':[{'slot':0,'part':'ALL'}]} | false | SHA_256 | VERDICT_UNAVAILABLE",
                "{'kind':'DEPLOYER_RANGES','ranges':[{'slot':0,'part':'ALL'}]} | {'kind':'ACCEPT'} | false | SHA_256 | MODE_UNAVAILABLE",
            })
    void whatV14CannotDoIsUnplaceableThereAndPossibleOnInitRipas(
            String mode, String verdict, String binding, String hash, String reason) {
        scenario.host("v14", V14);
        String policy = scenario.rules(
                "p", rule("only", "true", """
                {"kind":"ALLOW","ripasMode":%s,"verdict":%s,"requireGrantBinding":%s}""".formatted(mode, verdict, binding).replace('\'', '"')));
        String spec = spec("LINUX").replace("\"guest\"", "\"hashAlgorithm\":\"" + hash + "\",\"guest\"");
        scenario.create("r", policy, spec);

        JsonNode refused = awaitRefusal("r");
        assertThat(refused.path("reason").asString()).isEqualTo("UNPLACEABLE");
        assertThat(refused.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"" + reason + "\"]"));

        scenario.host("x", INIT_RIPAS);
        assertThat(scenario.awaitOutcome("r").path("status").path("rim").asString())
                .hasSize(hash.equals("SHA_512") ? 128 : 64);
    }

    @Test
    void aCordonedHostTakesNoFurtherRealm() {
        scenario.host("a", V14);
        assertThat(client.post("/v1/hosts/" + scenario.name("a") + "/cordon")
                        .json()
                        .path("scheduling")
                        .asString())
                .isEqualTo("CORDONED");
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        JsonNode status = awaitRefusal("r");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"CORDONED\"]"));

        client.post("/v1/hosts/" + scenario.name("a") + "/uncordon");

        scenario.awaitOutcome("r");
    }

    @Test
    void aRealmTooBigForItsHostIsNotSentThere() {
        scenario.host("small", V14);
        String spec = """
                {"memslots":[{"base":"0x80000000","size":"0x80000000"}],
                 "images":[{"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x80000000","measured":false},
                           {"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x84000000","measured":false},
                           {"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x88000000","measured":false},
                           {"generated":{"seed":7,"size":"0x4000000"},"ipa":"0x8c000000","measured":false}],
                 "guest":{"profile":"LINUX"}}""";
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        for (int i = 0; i < 3; i++) {
            scenario.create("r" + i, policy, spec);
            scenario.awaitOutcome("r" + i);
        }
        scenario.create("r3", policy, spec);

        JsonNode status = awaitRefusal("r3");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"OUT_OF_GRANULES\"]"));

        client.post("/v1/realms/" + scenario.name("r0") + "/stop");
        scenario.awaitOutcome("r3");
    }

    @Test
    void aWaitingRealmIsDecidedAnewWhenItsPolicyChanges() {
        scenario.host("v14", V14);
        String policy = scenario.policy("p", GUEST_DECLARES, "ACCEPT");
        scenario.create("r", policy, spec("LINUX"));
        awaitRefusal("r");
        client.put(
                "/v1/policies/" + policy,
                "{\"rules\":[" + rule("all", "true", allow(HOST_ALL, "ACCEPT")) + "]}",
                "If-Match",
                "\"2\"");
        client.post("/v1/policies/" + policy + "/revisions/2/publish", "", "If-Match", "\"3\"");

        scenario.awaitOutcome("r");
    }

    @Test
    void aRealmIsNotPlacedOnAHostThatDoesNotAnswer() {
        var agent = scenario.host("a", V14);
        agent.pause();
        scenario.awaitHost("a", host -> host.path("status").asString().equals("NOT_READY"));
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));

        JsonNode status = awaitRefusal("r");
        assertThat(status.path("reason").asString()).isEqualTo("UNPLACEABLE");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"HOST_NOT_READY\"]"));

        agent.resume();
        scenario.awaitOutcome("r");
    }

    /** The status of a realm once one host was refused for it. */
    private JsonNode awaitRefusal(String realm) {
        return scenario.awaitRealm(
                        realm,
                        found -> found.path("status").path("refusedHosts").size() == 1)
                .path("status");
    }
}
