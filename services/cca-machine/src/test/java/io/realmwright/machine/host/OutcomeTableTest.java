package io.realmwright.machine.host;

import static io.realmwright.machine.guest.GuestProfile.EDK2_LINUX;
import static io.realmwright.machine.guest.GuestProfile.LINUX;
import static io.realmwright.machine.guest.GuestProfile.LINUX_EARLY_RSI;
import static io.realmwright.machine.guest.GuestProfile.UNAWARE;
import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_V14;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.TraceSink;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mode × guest × verdict: what the product is about, as the machine's behaviour makes it. */
class OutcomeTableTest {
    private static final RipasMode HOST = new RipasMode.HostAllMemslots();
    private static final RipasMode GUEST = new RipasMode.GuestDeclares();
    private static final RipasMode LOW_HALF = new RipasMode.DeployerRanges(List.of(Realms.FIRMWARE, Realms.LOW_HALF));
    private static final RunTimeVerdict ACCEPT = new RunTimeVerdict.Accept();
    private static final RunTimeVerdict WITHHOLD = new RunTimeVerdict.Withhold();
    private static final RunTimeVerdict REJECT = new RunTimeVerdict.Reject();

    private static final Outcome BOOTED = new Outcome.Booted();
    private static final Outcome REJECTED = new Outcome.Stalled(Outcome.Stalled.Reason.RIPAS_REJECTED);
    private static final Outcome WITHHELD = new Outcome.Stalled(Outcome.Stalled.Reason.RIPAS_WITHHELD);

    /** LINUX and UNAWARE die of their first touch outside what somebody declared; step numbers are their programs'. */
    private static Outcome faulted(long ipa, int step) {
        return new Outcome.Faulted(Access.WRITE, new Ipa(ipa), "UNASSIGNED", "EMPTY", step, false);
    }

    private static final long LAST_GRANULE = Realms.RAM.top() - Granule.SIZE_BYTES;

    static List<Arguments> table() {
        Outcome linuxFault = faulted(LAST_GRANULE, 3);
        Outcome unawareFault = faulted(LAST_GRANULE, 4);
        return List.of(
                Arguments.of(HOST, ACCEPT, EDK2_LINUX, BOOTED),
                Arguments.of(HOST, ACCEPT, LINUX_EARLY_RSI, BOOTED),
                Arguments.of(HOST, ACCEPT, LINUX, BOOTED),
                Arguments.of(HOST, ACCEPT, UNAWARE, BOOTED),
                Arguments.of(LOW_HALF, ACCEPT, EDK2_LINUX, BOOTED),
                Arguments.of(LOW_HALF, ACCEPT, LINUX_EARLY_RSI, BOOTED),
                Arguments.of(LOW_HALF, ACCEPT, LINUX, linuxFault),
                Arguments.of(LOW_HALF, ACCEPT, UNAWARE, unawareFault),
                Arguments.of(GUEST, ACCEPT, EDK2_LINUX, BOOTED),
                Arguments.of(GUEST, ACCEPT, LINUX_EARLY_RSI, BOOTED),
                Arguments.of(GUEST, ACCEPT, LINUX, linuxFault),
                Arguments.of(GUEST, ACCEPT, UNAWARE, unawareFault),
                Arguments.of(HOST, REJECT, EDK2_LINUX, REJECTED),
                Arguments.of(HOST, REJECT, LINUX_EARLY_RSI, REJECTED),
                Arguments.of(HOST, REJECT, LINUX, REJECTED),
                Arguments.of(HOST, REJECT, UNAWARE, BOOTED),
                Arguments.of(HOST, WITHHOLD, EDK2_LINUX, WITHHELD),
                Arguments.of(HOST, WITHHOLD, LINUX_EARLY_RSI, WITHHELD),
                Arguments.of(HOST, WITHHOLD, LINUX, WITHHELD),
                Arguments.of(GUEST, REJECT, EDK2_LINUX, REJECTED),
                Arguments.of(GUEST, REJECT, LINUX_EARLY_RSI, REJECTED),
                Arguments.of(GUEST, REJECT, LINUX, linuxFault),
                Arguments.of(GUEST, WITHHOLD, EDK2_LINUX, WITHHELD),
                Arguments.of(GUEST, WITHHOLD, LINUX_EARLY_RSI, WITHHELD),
                Arguments.of(GUEST, WITHHOLD, LINUX, linuxFault));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("table")
    void theMachineMakesTheOutcome(RipasMode mode, RunTimeVerdict verdict, GuestProfile guest, Outcome expected) {
        RealmSpec spec = Realms.running(guest);
        // The firmware slot is declared only where the realm has one.
        RipasMode fitting = guest != EDK2_LINUX && mode instanceof RipasMode.DeployerRanges
                ? new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF))
                : mode;

        RealmVm vm = launch(RMM_2_0_KVM_RMI_INIT_RIPAS, spec, LaunchPlan.of(fitting, verdict));

        assertThat(vm.run()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void theKernelOfV14DeclaresEveryMemslotItself(GuestProfile guest) {
        RealmVm vm = launch(RMM_2_0_KVM_RMI_V14, Realms.running(guest), LaunchPlan.of(HOST, ACCEPT));

        assertThat(vm.run()).isEqualTo(BOOTED);
    }

    @ParameterizedTest
    @EnumSource
    void rangesThatCoverWhatTheGuestTouchesAreEnough(GuestProfile guest) {
        IpaRange top = IpaRange.of(LAST_GRANULE, Granule.SIZE_BYTES);
        IpaRange bottom = IpaRange.of(Realms.RAM_BASE, Granule.SIZE_BYTES);
        var mode = new RipasMode.DeployerRanges(List.of(top, bottom));

        RealmVm vm = launch(RMM_2_0_KVM_RMI_INIT_RIPAS, Realms.running(guest), LaunchPlan.of(mode, ACCEPT));

        assertThat(vm.run()).isEqualTo(BOOTED);
    }

    private static RealmVm launch(HostProfile profile, RealmSpec spec, LaunchPlan plan) {
        LaunchResult result =
                Realms.host(profile).launch(spec, plan, Realms.STORE, LaunchObserver.NONE, TraceSink.NONE);
        assertThat(result).isInstanceOf(LaunchResult.Launched.class);
        return ((LaunchResult.Launched) result).vm();
    }
}
