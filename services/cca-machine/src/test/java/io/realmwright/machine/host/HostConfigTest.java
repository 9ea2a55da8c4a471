package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostConfigTest {
    private static final HostProfile PROFILE = HostProfile.RMM_2_0_KVM_RMI_V14;

    @ParameterizedTest
    @ValueSource(
            longs = {0, -1, HostConfig.GIB - 1, HostConfig.GIB + 4096, 2 * HostConfig.DRAM_MAX_BYTES, Long.MIN_VALUE})
    void dramIsOneGibibyteToOneTebibyte(long bytes) {
        assertThatThrownBy(() -> new HostConfig(PROFILE, bytes, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The one claim about cost that a user relies on; bounds are generous. */
    @Test
    void aMachineWithOneTebibyteStartsInASecondAndTakesLessThanAHundredMebibytes() {
        SimulatedHost.boot(new HostConfig(PROFILE, HostConfig.GIB, 1));
        long before = usedHeap();
        long started = System.nanoTime();

        SimulatedHost host = SimulatedHost.boot(new HostConfig(PROFILE, HostConfig.DRAM_MAX_BYTES, 1));
        long nanoseconds = System.nanoTime() - started;

        assertThat(usedHeap() - before).isLessThan(100L << 20);
        assertThat(nanoseconds).isLessThan(1_000_000_000L);
        var plan = LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());
        assertThat(HostedLife.launched(host, Realms.running(GuestProfile.UNAWARE), plan)
                        .vm()
                        .run())
                .isEqualTo(new Outcome.Booted());
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
