package io.realmwright.machine.host;

import static io.realmwright.machine.guest.GuestProfile.EDK2_LINUX;
import static io.realmwright.machine.guest.GuestProfile.LINUX;
import static io.realmwright.machine.guest.GuestProfile.LINUX_EARLY_RSI;
import static io.realmwright.machine.guest.GuestProfile.UNAWARE;
import static io.realmwright.machine.host.HostProfile.RMM_1_0_KVM_RME_V10;
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
import java.util.Map;
import java.util.stream.Stream;
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

    static Stream<Arguments> table() {
        Outcome linuxFault = faulted(LAST_GRANULE, 3);
        Outcome unawareFault = faulted(LAST_GRANULE, 4);
        Stream<Arguments> everywhere = Stream.of(RMM_2_0_KVM_RMI_INIT_RIPAS, RMM_1_0_KVM_RME_V10)
                .flatMap(profile -> Stream.of(
                        Arguments.of(profile, HOST, ACCEPT, EDK2_LINUX, BOOTED),
                        Arguments.of(profile, HOST, ACCEPT, LINUX_EARLY_RSI, BOOTED),
                        Arguments.of(profile, HOST, ACCEPT, LINUX, BOOTED),
                        Arguments.of(profile, HOST, ACCEPT, UNAWARE, BOOTED),
                        Arguments.of(profile, LOW_HALF, ACCEPT, EDK2_LINUX, BOOTED),
                        Arguments.of(profile, LOW_HALF, ACCEPT, LINUX_EARLY_RSI, BOOTED),
                        Arguments.of(profile, LOW_HALF, ACCEPT, LINUX, linuxFault),
                        Arguments.of(profile, LOW_HALF, ACCEPT, UNAWARE, unawareFault),
                        Arguments.of(profile, GUEST, ACCEPT, EDK2_LINUX, BOOTED),
                        Arguments.of(profile, GUEST, ACCEPT, LINUX_EARLY_RSI, BOOTED),
                        Arguments.of(profile, GUEST, ACCEPT, LINUX, linuxFault),
                        Arguments.of(profile, GUEST, ACCEPT, UNAWARE, unawareFault),
                        Arguments.of(profile, HOST, WITHHOLD, EDK2_LINUX, WITHHELD),
                        Arguments.of(profile, HOST, WITHHOLD, LINUX_EARLY_RSI, WITHHELD),
                        Arguments.of(profile, HOST, WITHHOLD, LINUX, WITHHELD),
                        Arguments.of(profile, HOST, WITHHOLD, UNAWARE, BOOTED),
                        Arguments.of(profile, GUEST, WITHHOLD, EDK2_LINUX, WITHHELD),
                        Arguments.of(profile, GUEST, WITHHOLD, LINUX_EARLY_RSI, WITHHELD),
                        Arguments.of(profile, GUEST, WITHHOLD, LINUX, linuxFault)));
        // Only the proposed UABI can reject.
        Stream<Arguments> rejections = Stream.of(
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, HOST, REJECT, EDK2_LINUX, REJECTED),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, HOST, REJECT, LINUX_EARLY_RSI, REJECTED),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, HOST, REJECT, LINUX, REJECTED),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, HOST, REJECT, UNAWARE, BOOTED),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, GUEST, REJECT, EDK2_LINUX, REJECTED),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, GUEST, REJECT, LINUX_EARLY_RSI, REJECTED),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, GUEST, REJECT, LINUX, linuxFault));
        return Stream.concat(everywhere, rejections);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @MethodSource("table")
    void theMachineMakesTheOutcome(
            HostProfile profile, RipasMode mode, RunTimeVerdict verdict, GuestProfile guest, Outcome expected) {
        assertThat(lived(Realms.host(profile), mode, verdict, guest).outcome()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @MethodSource("table")
    void aLifeReplays(
            HostProfile profile, RipasMode mode, RunTimeVerdict verdict, GuestProfile guest, Outcome expected) {
        lived(Realms.host(profile), mode, verdict, guest).assertReplays();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @MethodSource("table")
    void everyGranuleComesBackWhateverTheOutcome(
            HostProfile profile, RipasMode mode, RunTimeVerdict verdict, GuestProfile guest, Outcome expected) {
        SimulatedHost host = Realms.host(profile);
        long freeBefore = host.freeGranules();

        lived(host, mode, verdict, guest);

        assertThat(host.granulesByState()).isEqualTo(Map.of("NS", HostedLife.GRANULES));
        assertThat(host.freeGranules()).isEqualTo(freeBefore);
        assertThat(host.leakedGranules()).isZero();
    }

    private static HostedLife lived(SimulatedHost host, RipasMode mode, RunTimeVerdict verdict, GuestProfile guest) {
        // The firmware slot is declared only where the realm has one.
        RipasMode fitting = guest != EDK2_LINUX && mode instanceof RipasMode.DeployerRanges
                ? new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF))
                : mode;
        return HostedLife.lived(host, Realms.running(guest), LaunchPlan.of(fitting, verdict));
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
