package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;

import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** Realms whose tokens are appraised, on hosts whose firmware the deployer trusts if a test says so. */
abstract class AttestationScenario extends ServiceTest {
    static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;

    /** The firmware of this scenario's hosts is one that the deployer trusts. */
    void trust() {
        trustOnly("{\"platforms\":[" + scenario.forge().reference() + "]}");
    }

    /** The deployer trusts the firmware in this file of platform references, and no other. */
    static void trustOnly(String references) {
        try {
            Files.writeString(PLATFORM_REFERENCES, references);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void trustNobody() throws IOException {
        Files.deleteIfExists(PLATFORM_REFERENCES);
    }

    String running(HostProfile profile, String spec) {
        return running(profile, HOST_ALL, spec);
    }

    String running(HostProfile profile, String mode, String spec) {
        scenario.host("h", profile);
        scenario.create("r", scenario.policy("p", mode, "ACCEPT"), spec);
        scenario.awaitOutcome("r");
        return "/v1/realms/" + scenario.name("r") + "/attestations";
    }

    /** Status and reason of the condition ATTESTED of the realm r; empty without one. */
    String attested() {
        return scenario.get("r")
                .path("status")
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals("ATTESTED"))
                .map(condition -> condition.path("status").asString() + " "
                        + condition.path("reason").asString())
                .collect(Collectors.joining());
    }
}
