package io.realmwright.machine.host;

import static io.realmwright.machine.host.HostProfile.RMM_1_0_KVM_RME_V10;
import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
import static io.realmwright.machine.host.HostedLife.GRANULES;
import static io.realmwright.machine.host.HostedLife.KERNEL_PAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import io.realmwright.machine.fault.PowerLoss;
import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever call of a realm's life goes wrong, every granule is free, in use or counted as leaked afterwards. */
class InjectedFaultTest {
    private static final LaunchPlan GUEST_DECLARES =
            LaunchPlan.of(new RipasMode.GuestDeclares(), new RunTimeVerdict.Accept());
    private static final LaunchPlan HOST_DECLARES =
            LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    private static final Ipa TOUCHED = new Ipa(Realms.RAM_BASE + 32 * Realms.MIB);
    private static final Ipa SHARED_ALIAS = new Ipa((1L << 39) + TOUCHED.value());

    /** A realm in whose life this host makes every call that it knows: it shares memory, and has two vCPUs. */
    private static final RealmSpec REALM = Realms.withVcpus(
            Realms.running(
                    Realms.withImage(GeneratedImage.of(7, 0x2000)),
                    new GuestStep.DeclareRam(Realms.LOW_HALF, false),
                    new GuestStep.Touch(Access.WRITE, TOUCHED),
                    new GuestStep.ReleaseRam(new IpaRange(TOUCHED, 2 * Realms.MIB)),
                    new GuestStep.Touch(Access.WRITE, SHARED_ALIAS),
                    new GuestStep.StartSecondaries(new Ipa(Realms.RAM_BASE)),
                    new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, new Ipa(Realms.RAM_BASE + 0x1000))),
            2);

    /**
     * Commands that take memory back: refused, they leave it with the RMM. So do those by which the creation of a REC
     * is fed, since that operation cannot be cancelled: what it has been given, it keeps.
     */
    private static final Set<String> GIVING_BACK = Set.of(
            "RMI_GRANULE_UNDELEGATE",
            "RMI_GRANULE_RANGE_UNDELEGATE",
            "RMI_DATA_DESTROY",
            "RMI_RTT_DATA_UNMAP",
            "RMI_RTT_DESTROY",
            "RMI_REC_DESTROY",
            "RMI_REALM_TERMINATE",
            "RMI_REALM_DESTROY",
            "RMI_GRANULE_RANGE_DELEGATE",
            "RMI_OP_CONTINUE",
            "RMI_OP_MEM_DONATE",
            "RMI_OP_MEM_RECLAIM");

    private static SimulatedHost anyHost() {
        return Realms.host(RMM_2_0_KVM_RMI_INIT_RIPAS);
    }

    /** The calls of a whole life in which nothing goes wrong. */
    private static SortedMap<String, Long> callsOfALife(HostProfile profile, LaunchPlan plan) {
        HostedLife life = HostedLife.lived(Realms.host(profile), REALM, plan);
        assertThat(life.outcome()).isEqualTo(new Outcome.Booted());
        return life.vm().rmiCalls();
    }

    static Stream<Arguments> everyCallOfALife() {
        return Stream.of(RMM_1_0_KVM_RME_V10, RMM_2_0_KVM_RMI_INIT_RIPAS)
                .flatMap(profile -> callsOfALife(profile, GUEST_DECLARES).entrySet().stream()
                        .flatMap(calls -> LongStream.rangeClosed(1, calls.getValue())
                                .mapToObj(nth -> Arguments.of(profile, calls.getKey(), nth))));
    }

    static Stream<FaultAction.Refuse> refusals() {
        return Stream.of(
                new FaultAction.Refuse("RMI_ERROR_INPUT", 0),
                new FaultAction.Refuse("RMI_ERROR_RTT", 1),
                new FaultAction.Refuse("RMI_ERROR_RTT", 3),
                new FaultAction.Refuse("RMI_BUSY", 0),
                new FaultAction.Refuse("RMI_INCOMPLETE", 0),
                new FaultAction.Refuse("RMI_INCOMPLETE", 1),
                new FaultAction.Refuse("RMI_INCOMPLETE", 2));
    }

    private static SimulatedHost hostWith(Fault... faults) {
        return hostWith(RMM_2_0_KVM_RMI_INIT_RIPAS, faults);
    }

    private static SimulatedHost hostWith(HostProfile profile, Fault... faults) {
        SimulatedHost host = Realms.host(profile);
        host.plan(List.of(faults), duration -> {});
        return host;
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyCallOfALife")
    void aRefusedCallLosesNoGranuleUncounted(HostProfile profile, String command, long nth) {
        refusals().forEach(refusal -> {
            SimulatedHost host = hostWith(profile, new Fault(command, nth, refusal));

            HostedLife life = HostedLife.lived(host, REALM, GUEST_DECLARES);

            assertThat(host.freeGranules() + host.leakedGranules() + KERNEL_PAGES)
                    .as("%s: free, leaked and the kernel's own", refusal)
                    .isEqualTo(GRANULES);
            assertThat(host.leakedGranules())
                    .as("%s: leaked are those that the RMM keeps", refusal)
                    .isEqualTo(life.notNonSecure());
        });
    }

    static Stream<Arguments> everyCallThatGivesNothingBack() {
        return everyCallOfALife().filter(call -> !GIVING_BACK.contains((String) call.get()[1]));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyCallThatGivesNothingBack")
    void aRefusedCallThatGivesNothingBackLeaksNothing(HostProfile profile, String command, long nth) {
        SimulatedHost host = hostWith(profile, new Fault(command, nth, new FaultAction.Refuse("RMI_ERROR_INPUT", 0)));

        HostedLife.lived(host, REALM, GUEST_DECLARES);

        assertThat(host.leakedGranules()).isZero();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyCallOfALife")
    void theTraceOfADisturbedLifeReplays(HostProfile profile, String command, long nth) {
        SimulatedHost host = hostWith(profile, new Fault(command, nth, new FaultAction.Refuse("RMI_ERROR_INPUT", 0)));

        HostedLife.lived(host, REALM, GUEST_DECLARES).assertReplays();
    }

    @Test
    void aGranuleThatIsNotUndelegatedIsLeakedAndCounted() {
        SimulatedHost host = hostWith(
                new Fault("RMI_GRANULE_RANGE_UNDELEGATE", 1, new FaultAction.Refuse("RMI_ERROR_INPUT", 0)),
                new Fault("RMI_GRANULE_RANGE_UNDELEGATE", 3, new FaultAction.Refuse("RMI_ERROR_INPUT", 0)));
        long freeBefore = host.freeGranules();
        RealmVm vm = HostedLife.launched(host, REALM, HOST_DECLARES).vm();

        assertThat(vm.destroy()).isEqualTo(2);

        assertThat(host.leakedGranules()).isEqualTo(2);
        assertThat(host.freeGranules()).isEqualTo(freeBefore - 2);
        assertThat(host.granulesByState()).containsEntry("DELEGATED", 2L);
    }

    @Test
    void aRefusedLaunchNamesStepCommandStatusIndexAndIpa() {
        SimulatedHost host =
                hostWith(new Fault("RMI_RTT_DATA_MAP_INIT", 3, new FaultAction.Refuse("RMI_ERROR_GRANULE", 7)));

        LaunchResult result = HostedLife.launched(host, REALM, HOST_DECLARES).result();

        // The second granule is mapped by the third call: the first finds no table.
        var refusal =
                new RmiRefusal("RMI_RTT_DATA_MAP_INIT", "RMI_ERROR_GRANULE", 7, new Ipa(Realms.RAM_BASE + 0x1000));
        assertThat(result).isEqualTo(new LaunchResult.RefusedByRmm(LaunchStep.POPULATE, refusal));
    }

    @Test
    void aHostThatIsRefusedACallWhileItServesAGuestSaysSo() {
        SimulatedHost host = hostWith(new Fault("RMI_RTT_DATA_MAP", 1, new FaultAction.Refuse("RMI_ERROR_REALM", 0)));

        HostedLife life = HostedLife.lived(host, REALM, GUEST_DECLARES);

        var refusal = new RmiRefusal("RMI_RTT_DATA_MAP", "RMI_ERROR_REALM", 0, TOUCHED);
        assertThat(life.outcome()).isEqualTo(new Outcome.HostFailed(refusal));
        assertThat(host.leakedGranules()).isZero();
    }

    @Test
    void aHostRetriesWhatAnRmmIsTooBusyFor() {
        SimulatedHost host = hostWith(
                new Fault("RMI_REC_CREATE", 1, new FaultAction.Refuse("RMI_BUSY", 0)),
                new Fault("RMI_REC_CREATE", 2, new FaultAction.Refuse("RMI_BLOCKED", 0)));

        HostedLife life = HostedLife.lived(host, REALM, HOST_DECLARES);

        assertThat(life.outcome()).isEqualTo(new Outcome.Booted());
        assertThat(life.vm().rmiCalls()).containsEntry("RMI_REC_CREATE", 4L);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everyCallOfALife")
    void powerIsLostNowAndAtEveryLaterCall(HostProfile profile, String command, long nth) {
        SimulatedHost host = hostWith(profile, new Fault(command, nth, new FaultAction.PowerLoss()));

        assertThatThrownBy(() -> HostedLife.lived(host, REALM, GUEST_DECLARES))
                .isInstanceOf(PowerLoss.class)
                .hasMessage("the simulated machine lost power at " + command);

        assertThatThrownBy(() -> HostedLife.launched(host, REALM, GUEST_DECLARES))
                .isInstanceOf(PowerLoss.class);
    }

    @Test
    void delayedCallsChangeNeitherOutcomeNorRim() {
        HostedLife undisturbed = HostedLife.lived(anyHost(), REALM, HOST_DECLARES);
        List<Duration> waited = new ArrayList<>();
        List<Fault> faults = everyCall(HOST_DECLARES, new FaultAction.Delay(Duration.ofSeconds(3)));
        SimulatedHost host = anyHost();
        host.plan(faults, waited::add);

        HostedLife delayed = HostedLife.lived(host, REALM, HOST_DECLARES);

        assertThat(delayed.outcome()).isEqualTo(undisturbed.outcome());
        assertThat(delayed.measurements()).isEqualTo(undisturbed.measurements());
        assertThat(waited).hasSize(faults.size()).containsOnly(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @MethodSource("bothPlans")
    void partialProgressChangesNeitherOutcomeNorRim(LaunchPlan plan) {
        HostedLife undisturbed = HostedLife.lived(anyHost(), REALM, plan);
        SimulatedHost host = anyHost();
        host.plan(everyCall(plan, new FaultAction.PartialProgress()), duration -> {});

        HostedLife slow = HostedLife.lived(host, REALM, plan);

        assertThat(slow.outcome()).isEqualTo(undisturbed.outcome());
        assertThat(slow.measurements()).isEqualTo(undisturbed.measurements());
        assertThat(host.leakedGranules()).isZero();
        // It did make a difference: what one call did before takes several.
        assertThat(total(slow)).isGreaterThan(total(undisturbed));
    }

    static Stream<LaunchPlan> bothPlans() {
        return Stream.of(GUEST_DECLARES, HOST_DECLARES);
    }

    private static List<Fault> everyCall(LaunchPlan plan, FaultAction action) {
        return callsOfALife(RMM_2_0_KVM_RMI_INIT_RIPAS, plan).entrySet().stream()
                .flatMap(calls -> LongStream.rangeClosed(1, calls.getValue())
                        .mapToObj(nth -> new Fault(calls.getKey(), nth, action)))
                .toList();
    }

    private static long total(HostedLife life) {
        return life.vm().rmiCalls().values().stream().mapToLong(Long::longValue).sum();
    }
}
