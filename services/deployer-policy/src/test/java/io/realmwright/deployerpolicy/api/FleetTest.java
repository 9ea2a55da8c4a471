package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.AgentStub;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Hosts that are cordoned, drained and filled, and quotas. */
class FleetTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;

    @Test
    void aDrainStopsEveryRealmAndLaunchesItAnewElsewhereWithANewGrant() {
        AgentStub from = scenario.host("from", V14);
        long free = from.freeGranules();
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r1", policy, spec("LINUX"));
        JsonNode before = scenario.awaitOutcome("r1").path("status");
        AgentStub to = scenario.host("to", V14);

        Answer draining = client.post(host("from") + "/drain");

        assertThat(draining.status()).isEqualTo(200);
        assertThat(draining.json().path("status").asString()).isEqualTo("DRAINING");
        JsonNode after = scenario.awaitRealm("r1", realm -> isOn(realm, "to")).path("status");
        assertThat(after.path("grantId")).isNotEqualTo(before.path("grantId"));
        assertThat(after.path("launchId")).isNotEqualTo(before.path("launchId"));
        assertThat(from.freeGranules()).as("nothing is left there").isEqualTo(free);
        assertThat(to.launches()).hasSize(1);
        JsonNode drained = scenario.awaitHost(
                "from", host -> host.path("capacity").path("realms").asLong() == 0);
        assertThat(drained.path("status").asString()).isEqualTo("DRAINING");
    }

    @Test
    void aRealmOfADrainedHostThatNoOtherCanTakeWaitsAndSaysWhy() {
        scenario.host("from", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        client.post(host("from") + "/drain");

        JsonNode status = scenario.awaitRealm(
                        "r", realm -> realm.path("status").path("refusedHosts").size() == 1)
                .path("status");
        assertThat(status.path("phase").asString()).isEqualTo("DECIDED");
        assertThat(status.path("refusedHosts").path(0).path("reasons")).isEqualTo(Answer.tree("[\"DRAINING\"]"));

        client.post(host("from") + "/uncordon");

        scenario.awaitOutcome("r");
    }

    @Test
    void aRealmThatIsToBeStoppedIsNotMovedByADrain() {
        var agent = scenario.host("from", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");
        client.post("/v1/realms/" + scenario.name("r") + "/stop");
        scenario.awaitPhase("r", "STOPPED");

        client.post(host("from") + "/drain");
        scenario.awaitHost("from", host -> host.path("status").asString().equals("DRAINING"));

        assertThat(scenario.get("r").path("status").path("phase").asString()).isEqualTo("STOPPED");
        assertThat(agent.launches()).hasSize(1);
    }

    @Test
    void aHostShowsWhatItHasLeft() {
        AgentStub agent = scenario.host("a", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");

        JsonNode capacity = scenario.awaitHost(
                        "a",
                        host -> host.path("capacity").path("promisedRealms").asLong() == 0
                                && host.path("capacity").path("freeGranules").asLong() == agent.freeGranules())
                .path("capacity");

        assertThat(capacity.path("realms").asLong()).isEqualTo(1);
        assertThat(capacity.path("freeVmids").asLong()).isEqualTo((1 << 16) - 2);
        assertThat(capacity.path("rttPages").asLong()).isEqualTo(agent.granules("RTT"));
        assertThat(capacity.path("leakedGranules").asLong()).isZero();
    }

    @Test
    void aWishForAHostIsMeantForTheVersionThatItNames() {
        scenario.host("a", V14);
        String etag = client.get(host("a")).header("ETag");

        Answer cordoned = client.post(host("a") + "/cordon", "", "If-Match", etag);
        assertThat(cordoned.status()).isEqualTo(200);
        assertThat(cordoned.header("ETag")).isNotEqualTo(etag);

        assertThat(client.post(host("a") + "/uncordon", "", "If-Match", etag).problem())
                .isEqualTo("precondition-failed");
        assertThat(client.get(host("a")).json().path("scheduling").asString()).isEqualTo("CORDONED");
        assertThat(client.post("/v1/hosts/none/drain").status()).isEqualTo(404);
    }

    @Test
    void aQuotaLetsAsManyRealmsBePlacedAsItSaysAndTheNextWhenThereIsRoom() {
        scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String quota = "/v1/quotas/" + scenario.name("q");
        String body = """
                {"label":{"key":"scenario","value":"%s"},"realmsMax":1}""".formatted(scenario.number());
        assertThat(client.put(quota, body).status()).isEqualTo(201);
        scenario.create("r1", policy, spec("LINUX"));
        JsonNode first = scenario.awaitOutcome("r1").path("status");
        scenario.create("r2", policy, spec("LINUX"));

        JsonNode waiting = scenario.awaitRealm(
                        "r2",
                        realm ->
                                realm.path("status").path("reason").asString("").equals("QUOTA_EXCEEDED"))
                .path("status");

        long granules = first.path("forecast").path("granules").asLong();
        assertThat(waiting.path("phase").asString()).isEqualTo("DECIDED");
        assertThat(waiting.path("message").asString())
                .isEqualTo(("Quota %s for scenario=%s is used up: 1 realms of 1 with %d granules are placed,"
                                + " and this one takes %d more.")
                        .formatted(scenario.name("q"), scenario.number(), granules, granules));
        assertThat(client.get(quota).json().path("used"))
                .isEqualTo(Answer.tree("{\"realms\":1,\"granules\":%d}".formatted(granules)));

        assertThat(client.put(quota, body.replace("1}", "2}")).status()).isEqualTo(200);
        scenario.awaitOutcome("r2");
        client.delete(quota);
        assertThat(client.get(quota).status()).isEqualTo(404);
    }

    @Test
    void aQuotaOfGranulesCountsWhatTheForecastsSay() {
        scenario.host("a", V14);
        String quota = "/v1/quotas/" + scenario.name("q");
        client.put(quota, """
                {"label":{"key":"scenario","value":"%s"},"granulesMax":10}""".formatted(scenario.number()));

        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitRealm(
                "r", realm -> realm.path("status").path("reason").asString("").equals("QUOTA_EXCEEDED"));
        client.delete(quota);

        scenario.awaitOutcome("r");
    }

    @Test
    void aQuotaHasALabelAndALimit() {
        String quota = "/v1/quotas/" + scenario.name("q");

        assertThat(client.put(quota, "{}").fields()).containsExactly("label.key", "label.value", "realmsMax");
        assertThat(client.put(quota, "{\"label\":{\"key\":\"a\",\"value\":\"b\"},\"realmsMax\":-1}")
                        .fields())
                .containsExactly("realmsMax");
        assertThat(client.put("/v1/quotas/Q", "{\"label\":{\"key\":\"a\",\"value\":\"b\"},\"realmsMax\":1}")
                        .fields())
                .containsExactly("name");
        assertThat(client.get(quota).status()).isEqualTo(404);
        assertThat(client.delete(quota).status()).isEqualTo(404);
    }

    private String host(String name) {
        return "/v1/hosts/" + scenario.name(name);
    }

    private boolean isOn(JsonNode realm, String host) {
        return realm.path("status").has("outcome")
                && realm.path("status").path("host").asString().equals(scenario.name(host));
    }
}
