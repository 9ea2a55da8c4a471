package io.realmwright.hostagent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.fault.MachineBroken;
import io.realmwright.machine.fault.PowerLoss;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MachineRebootTest {
    private final List<UUID> recorded = new ArrayList<>();
    private long ids;

    private final Machine machine = new Machine(
            new MachineConfig("m0", new HostConfig(HostProfile.RMM_2_0_KVM_RMI_V14, HostConfig.GIB, 1), List.of()),
            (machine, bootId) -> TokenSigner.NONE,
            Duration.ofSeconds(1),
            new RecordedBoots(),
            Runnable::run,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            () -> new UUID(0, ++ids),
            duration -> {});

    @Test
    void aMachineThatBreaksItsOwnRulesIsNotTrustedAnyMore() {
        assertThatThrownBy(() -> machine.use(boot -> boot.host(_ -> {
                    throw new IllegalStateException("a granule has two owners");
                })))
                .isInstanceOf(MachineBrokenException.class)
                .hasRootCauseMessage("a granule has two owners");

        assertThat(machine.status().bootId()).isEqualTo(new UUID(0, 2));
        assertThat(recorded).containsExactly(new UUID(0, 1), new UUID(0, 2));
    }

    @Test
    void theCallAtWhichItBrokeIsNamed() {
        assertThatThrownBy(() -> machine.use(boot -> boot.host(_ -> {
                    throw new MachineBroken(
                            "RMI_REALM_ACTIVATE(0x8000000000)", new IllegalStateException("a granule has two owners"));
                })))
                .isInstanceOfSatisfying(MachineBrokenException.class, broken -> {
                    assertThat(broken.machine()).isEqualTo("m0");
                    assertThat(broken.call()).contains("RMI_REALM_ACTIVATE(0x8000000000)");
                });
    }

    @Test
    void powerLossEndsTheBoot() {
        assertThatThrownBy(() -> machine.use(boot -> boot.host(_ -> {
                    throw new PowerLoss("RMI_REC_ENTER");
                })))
                .isInstanceOf(MachineLostPowerException.class);

        assertThat(machine.status().bootId()).isEqualTo(new UUID(0, 2));
    }

    @Test
    void whatFailsBesideTheMachineLeavesItRunning() {
        assertThatThrownBy(() -> machine.use(_ -> {
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");

        assertThat(machine.status().bootId()).isEqualTo(new UUID(0, 1));
        assertThat(machine.use(Boot::id)).isEqualTo(new UUID(0, 1));
    }

    private final class RecordedBoots implements BootLog {
        @Override
        public void booted(MachineConfig config, UUID bootId, Instant at) {
            recorded.add(bootId);
        }

        @Override
        public void agentStarted(Instant at) {
            throw new AssertionError("no agent starts here");
        }
    }
}
