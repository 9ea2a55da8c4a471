package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.host.Outcome.Stalled;
import io.realmwright.machine.host.Outcome.Stalled.Reason;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of guests that do this or that. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"RMM_1_0_KVM_RME_V10", "RMM_2_0_KVM_RMI_INIT_RIPAS"})
class GuestProgramTest {
    private static final LaunchPlan HOST_DECLARES =
            LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());
    private static final LaunchPlan GUEST_DECLARES =
            LaunchPlan.of(new RipasMode.GuestDeclares(), new RunTimeVerdict.Accept());

    private static final long BASE = Realms.RAM_BASE;
    private static final long UNPROTECTED = 1L << 39;
    private static final Ipa BUFFER = new Ipa(BASE + 0x1000);
    private static final GuestStep BOOT = new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, BUFFER);
    private static final Outcome BOOTED = new Outcome.Booted();

    private final SimulatedHost host;

    GuestProgramTest(HostProfile profile) {
        host = Realms.host(profile);
    }

    private RealmVm launched(LaunchPlan plan, GuestStep... steps) {
        return launched(Realms.running(Realms.withImage(GeneratedImage.of(7, 0x2000)), steps), plan);
    }

    private RealmVm launched(RealmSpec spec, LaunchPlan plan) {
        return HostedLife.launched(host, spec, plan).vm();
    }

    private Outcome run(GuestStep... steps) {
        return launched(HOST_DECLARES, steps).run();
    }

    private static GuestStep touch(Access access, long ipa) {
        return new GuestStep.Touch(access, new Ipa(ipa));
    }

    @Test
    void aGuestThatPowersOffHasPoweredOff() {
        assertThat(run(new GuestStep.PowerOff(), BOOT)).isEqualTo(new Outcome.PoweredOff());
    }

    @Test
    void aGuestThatHaltsIsIdle() {
        assertThat(run(new GuestStep.Halt(), BOOT)).isEqualTo(new Stalled(Reason.IDLE));
    }

    @Test
    void aGuestThatHasDoneAllItsStepsIsIdle() {
        assertThat(run(touch(Access.READ, BASE))).isEqualTo(new Stalled(Reason.IDLE));
    }

    @Test
    void anyOtherHostCallIsServedAndNoSignOfLife() {
        RealmVm vm = launched(HOST_DECLARES, new GuestStep.HostCall(3, BUFFER), BOOT);

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(vm.rmiCalls()).containsEntry("RMI_REC_ENTER", 2L);
    }

    @Test
    void runningAgainAnswersTheSameAndDoesNothing() {
        RealmVm vm = launched(HOST_DECLARES, BOOT);
        Outcome first = vm.run();
        SortedMap<String, Long> calls = vm.rmiCalls();

        assertThat(vm.run()).isEqualTo(first);

        assertThat(vm.rmiCalls()).isEqualTo(calls);
    }

    @Test
    void memoryGivenBackIsEmptyAndNoLongerTheGuests() {
        var given = IpaRange.of(BASE + 32 * Realms.MIB, 2 * Realms.MIB);
        long free = host.freeGranules();
        RealmVm vm = launched(
                HOST_DECLARES,
                touch(Access.WRITE, given.start()),
                new GuestStep.ReleaseRam(given),
                touch(Access.READ, given.start()));

        assertThat(vm.run()).isEqualTo(new Outcome.Faulted(Access.READ, given.base(), "UNASSIGNED", "EMPTY", 2, false));

        assertThat(vm.memory()).contains(new MemoryRun(given, "UNASSIGNED", "EMPTY"));
        assertThat(vm.destroy()).isZero();
        assertThat(host.freeGranules()).isEqualTo(free);
    }

    @Test
    void memoryGivenBackMayBeSharedThroughItsUnprotectedAlias() {
        RealmVm vm = launched(
                HOST_DECLARES,
                new GuestStep.ReleaseRam(IpaRange.of(BASE + 32 * Realms.MIB, 0x1000)),
                touch(Access.WRITE, UNPROTECTED + BASE + 32 * Realms.MIB),
                touch(Access.READ, UNPROTECTED + BASE + 32 * Realms.MIB),
                BOOT);

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(vm.memory())
                .contains(new MemoryRun(
                        IpaRange.of(UNPROTECTED + BASE + 32 * Realms.MIB, 0x1000), "ASSIGNED_NS", "NONE"));
    }

    @Test
    void memoryTakenBackIsTheGuestsAgain() {
        var given = IpaRange.of(BASE + 32 * Realms.MIB, 0x1000);

        assertThat(run(
                        touch(Access.WRITE, given.start()),
                        new GuestStep.ReleaseRam(given),
                        new GuestStep.DeclareRam(given, true),
                        touch(Access.READ, given.start()),
                        BOOT))
                .isEqualTo(BOOTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "WRITE"})
    void anUnprotectedAddressWithoutMemoryIsADeviceThatTheHostEmulates(Access access) {
        assertThat(run(touch(access, UNPROTECTED + 0x900_0000), BOOT)).isEqualTo(BOOTED);
    }

    @Test
    void codeIsNeverFetchedFromUnprotectedMemory() {
        long shared = UNPROTECTED + BASE;

        assertThat(run(touch(Access.WRITE, shared), touch(Access.FETCH, shared), BOOT))
                .isEqualTo(new Outcome.Faulted(Access.FETCH, new Ipa(shared), "ASSIGNED_NS", "NONE", 1, false));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 40, (1L << 40) + 0x1000, 1L << 48, 1L << 62, Long.MAX_VALUE})
    void anAddressBeyondTheIpaSpaceIsTheGuestsOwnProblem(long ipa) {
        assertThat(run(touch(Access.READ, ipa)))
                .isEqualTo(new Outcome.Faulted(Access.READ, new Ipa(ipa), "NONE", "NONE", 0, false));
    }

    @Test
    void ramThatNoMemslotBacksCannotBeMapped() {
        var beyond = IpaRange.of(Realms.RAM.top(), 0x1000);

        assertThat(run(new GuestStep.DeclareRam(beyond, false), touch(Access.WRITE, beyond.start())))
                .isEqualTo(new Stalled(Reason.NO_MEMSLOT));
    }

    @Test
    void aHostThatNeverGetsAnyFurtherIsGivenUp() {
        List<Fault> refusals = LongStream.rangeClosed(1, 100)
                .mapToObj(nth -> new Fault("RMI_RTT_SET_RIPAS", nth, new FaultAction.Refuse("RMI_ERROR_RTT", 3)))
                .toList();
        host.plan(refusals, duration -> {});
        RealmVm vm = launched(GUEST_DECLARES, new GuestStep.DeclareRam(Realms.RAM, false), BOOT);

        assertThat(vm.run()).isEqualTo(new Stalled(Reason.NO_PROGRESS));
    }

    @Test
    void aRequestThatTheRmmRefusesIsNotBlamedOnTheHost() {
        var unprotected = IpaRange.of(UNPROTECTED, 0x1000);
        var unaligned = IpaRange.of(BASE + 8, 0x1000);

        assertThat(run(new GuestStep.DeclareRam(unprotected, false))).isEqualTo(new Stalled(Reason.RSI_REFUSED));
        assertThat(run(new GuestStep.ReleaseRam(unaligned))).isEqualTo(new Stalled(Reason.RSI_REFUSED));
        assertThat(run(new GuestStep.MeasureRipas(1, unaligned))).isEqualTo(new Stalled(Reason.RSI_REFUSED));
    }

    @Test
    void aHostCallFromUndeclaredMemoryIsFatal() {
        Ipa buffer = new Ipa(BASE + 64 * Realms.MIB);
        RealmVm vm = launched(GUEST_DECLARES, new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, buffer));

        assertThat(vm.run()).isEqualTo(new Outcome.Faulted(Access.WRITE, buffer, "UNASSIGNED", "EMPTY", 0, false));
    }

    @Test
    void theRmmWaitsForTheHostToMapThePageThatItsConfigGoesTo() {
        RealmVm vm = launched(HOST_DECLARES, new GuestStep.ReadRealmConfig(new Ipa(BASE + 64 * Realms.MIB)), BOOT);

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(vm.memory()).contains(new MemoryRun(IpaRange.of(BASE + 64 * Realms.MIB, 0x1000), "ASSIGNED", "RAM"));
    }

    @ParameterizedTest(name = "{0} vCPUs")
    @ValueSource(ints = {2, 4, 17, 40})
    void theFirstVcpuStartsAllOthersAndBoots(int vcpus) {
        RealmVm vm = launched(Realms.withVcpus(Realms.running(GuestProfile.LINUX_EARLY_RSI), vcpus), GUEST_DECLARES);

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(vm.rmiCalls())
                .containsEntry("RMI_REC_CREATE", (long) vcpus)
                .containsEntry("RMI_PSCI_COMPLETE", vcpus - 1L);
        assertThat(vm.destroy()).isZero();
    }

    @Test
    void aSecondaryThatEntersUndeclaredMemoryTakesTheRealmDown() {
        Ipa entry = new Ipa(BASE + 64 * Realms.MIB);
        RealmSpec spec = Realms.withVcpus(
                Realms.running(
                        Realms.withImage(GeneratedImage.of(7, 0x2000)),
                        new GuestStep.StartSecondaries(entry),
                        new GuestStep.Halt()),
                3);

        assertThat(launched(spec, GUEST_DECLARES).run())
                .isEqualTo(new Outcome.Faulted(Access.FETCH, entry, "UNASSIGNED", "EMPTY", 0, false));
    }

    @Test
    void secondariesWithoutAProtectedEntryAreNotStarted() {
        RealmSpec spec = Realms.withVcpus(
                Realms.running(
                        Realms.withImage(GeneratedImage.of(7, 0x2000)),
                        new GuestStep.StartSecondaries(new Ipa(UNPROTECTED)),
                        BOOT),
                2);
        RealmVm vm = launched(spec, HOST_DECLARES);

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(vm.rmiCalls()).doesNotContainKey("RMI_PSCI_COMPLETE");
    }
}
