package io.realmwright.hostagent;

import static io.realmwright.hostagent.Realms.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A machine with RMM 1.0 under the explicit KVM UABI. */
class Rmm1_0LaunchTest {
    private static final String REALMS = "/v1/machines/old/realms";
    private static final String LOW_HALF =
            "{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":[{\"base\":\"0x80000000\",\"size\":\"0x800000\"}]}";
    private static final String ALL = "{\"kind\":\"HOST_ALL_MEMSLOTS\"}";
    private static final String NONE = "{\"kind\":\"GUEST_DECLARES\"}";
    private static final int VMIDS = 256;

    private final Agent agent = Agent.shared();
    private final Realms realms = new Realms(agent, "old");

    @AfterEach
    void noRealms() {
        agent.post("/v1/machines/old/reboot").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, LOW_HALF, NONE})
    void everyModeBootsAndItsTraceReplays(String mode) {
        var realm = launch(mode);

        var ran = realms.run(realm);

        assertThat(ran.path("outcome").toString()).isEqualTo("{\"kind\":\"BOOTED\"}");
        assertThat(ran.path("rim")).isEqualTo(realm.path("rim"));
        var trace = agent.get(path(realm) + "/trace?limit=10000").expect(200).body();
        var replay = agent.replay("/v1/machines/old/replay", trace).expect(200).json();
        assertThat(replay.path("result").stringValue()).isEqualTo("AGREED");
        assertThat(replay.path("lines").longValue()).isEqualTo(trace.lines().count());
    }

    @Test
    void memoryIsDeclaredBeforeItIsPopulatedAndBothAreMeasured() {
        var byHost = launch(ALL);

        assertThat(byHost.path("steps").findValuesAsString("step"))
                .containsExactly("CONFIG_REALM", "CREATE_REALM", "INIT_RIPAS", "POPULATE", "CREATE_RECS", "ACTIVATE");
        assertThat(byHost.path("steps").get(0).path("rmiCalls").longValue()).isZero();
        Set<String> rims = new HashSet<>();
        for (JsonNode realm : List.of(byHost, launch(LOW_HALF), launch(NONE))) {
            rims.add(realm.path("rim").stringValue());
        }
        assertThat(rims).hasSize(3);
    }

    @Test
    void aMachineWithoutAVmidLeftSaysSoAndLaunchesAgainWhenARealmIsGone() {
        List<JsonNode> launched = new ArrayList<>();
        while (launched.size() < VMIDS) {
            launched.add(launch(NONE));
        }

        var problem = agent.post(REALMS, LaunchBody.of(agent).json()).expectProblem(409, "out-of-vmids");

        assertThat(problem.path("step").stringValue()).isEqualTo("CREATE_REALM");
        var failed = agent.get(REALMS + "/" + problem.path("realm").stringValue())
                .expect(200)
                .json();
        assertThat(failed.path("state").stringValue()).isEqualTo("FAILED");
        assertThat(failed.path("failure").path("type").stringValue()).isEqualTo("/problems/out-of-vmids");
        agent.delete(path(launched.getFirst()));
        launch(NONE);
    }

    private JsonNode launch(String mode) {
        return realms.launch(LaunchBody.of(agent).ripasMode(mode));
    }
}
