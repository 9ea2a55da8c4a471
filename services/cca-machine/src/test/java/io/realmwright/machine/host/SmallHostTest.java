package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that runs out of granules says so, and loses none. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"RMM_1_0_KVM_RME_V10", "RMM_2_0_KVM_RMI_INIT_RIPAS"})
class SmallHostTest {
    private static final LaunchPlan PLAN = LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    private static final RealmSpec REALM = Realms.withVcpus(
            Realms.running(
                    Realms.withImage(GeneratedImage.of(7, 0x2000)),
                    new GuestStep.Touch(Access.WRITE, new Ipa(Realms.RAM_BASE + 64 * Realms.MIB)),
                    new GuestStep.PowerOff()),
            2);
    /** RD, two roots, two tables, two pages, and for each vCPU its REC, run page and 16 auxiliary granules. */
    private static final int NEEDED = 1 + 2 + 2 + 2 + 2 * 18;

    private final HostProfile profile;

    SmallHostTest(HostProfile profile) {
        this.profile = profile;
    }

    static IntStream tooFewGranules() {
        return IntStream.range(0, NEEDED);
    }

    @ParameterizedTest(name = "{0} granules")
    @MethodSource("tooFewGranules")
    void aLaunchThatRunsOutOfGranulesGivesThemAllBack(int free) {
        var host = new SmallHost(profile, free);

        assertThat(host.launch(REALM, PLAN)).isInstanceOf(LaunchResult.OutOfGranules.class);

        assertThat(host.freeGranules()).isEqualTo(free);
        assertThat(host.nonSecureGranules()).isEqualTo(free + HostedLife.KERNEL_PAGES);
    }

    @Test
    void aRealmThatFitsExactlyIsLaunchedAndFindsNoRoomToGrow() {
        var host = new SmallHost(profile, NEEDED);
        RealmVm vm = ((LaunchResult.Launched) host.launch(REALM, PLAN)).vm();
        assertThat(host.freeGranules()).isZero();

        assertThat(vm.run()).isEqualTo(new Outcome.Stalled(Outcome.Stalled.Reason.OUT_OF_GRANULES));

        assertThat(vm.destroy()).isZero();
        assertThat(host.freeGranules()).isEqualTo(NEEDED);
    }

    @Test
    void aHostThatHasBeenFullLaunchesAgainAndAgain() {
        var host = new SmallHost(profile, NEEDED);
        for (int launch = 0; launch < 100; launch++) {
            LaunchResult result = host.launch(REALM, PLAN);

            assertThat(result).as("launch %d", launch).isInstanceOf(LaunchResult.Launched.class);
            ((LaunchResult.Launched) result).vm().destroy();
        }
    }
}
