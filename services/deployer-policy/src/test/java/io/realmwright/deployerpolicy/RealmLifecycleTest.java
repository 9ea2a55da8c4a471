package io.realmwright.deployerpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.Test;

class RealmLifecycleTest extends ServiceTest {
    @Test
    void aRealmIsDecidedPlacedLaunchedAndRunToItsOutcome() {
        try (var scenario = this.scenario) {
            scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
            String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
            scenario.create("r", policy, Scenario.spec("LINUX"));
            var realm = scenario.awaitOutcome("r");
            assertThat(realm.path("status").path("outcome").path("kind").asString())
                    .isEqualTo("BOOTED");
            System.out.println(realm.toPrettyString());
        }
    }
}
