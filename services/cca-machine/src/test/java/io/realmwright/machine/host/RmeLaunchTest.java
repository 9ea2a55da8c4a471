package io.realmwright.machine.host;

import static io.realmwright.machine.host.HostProfile.RMM_1_0_KVM_RME_V10;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.oracle.NaiveMeasurement;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is the RMM 1.0 host's own: the order of a launch, what of it is measured, and VMIDs. */
class RmeLaunchTest {
    private static final long GIB = 1L << 30;
    private static final long PAGE = 0x1000;
    private static final long TWO_MIB = 2 * Realms.MIB;
    private static final int VMIDS = 256;
    private static final byte[] IMAGE = GeneratedImage.of(7, 64 * 1024);

    private static final RealmSpec REALM = Realms.running(GuestProfile.LINUX);
    private static final RipasMode HOST = new RipasMode.HostAllMemslots();
    private static final RipasMode GUEST = new RipasMode.GuestDeclares();

    private final SimulatedHost host = Realms.host(RMM_1_0_KVM_RME_V10);

    private static LaunchPlan plan(RipasMode mode) {
        return LaunchPlan.of(mode, new RunTimeVerdict.Accept());
    }

    private static RipasMode ranges(IpaRange... ranges) {
        return new RipasMode.DeployerRanges(List.of(ranges));
    }

    private String rim(RealmSpec spec, RipasMode mode) {
        return HostedLife.launched(host, spec, plan(mode)).vm().measurements().rim();
    }

    /** A realm of 40 bits: its RIM after creation and declarations, completed as every realm here is. */
    private static String completed(NaiveMeasurement declared) {
        return declared.andImage(Realms.RAM_BASE, IMAGE, true)
                .andRunnableRec(Realms.RAM_BASE)
                .rim();
    }

    private static NaiveMeasurement created() {
        return NaiveMeasurement.ofRealm("SHA-256", 0, 40);
    }

    @Test
    void memoryIsDeclaredBeforeItIsPopulatedAndPopulatedBeforeThereAreVcpus() {
        List<LaunchStep> steps = new ArrayList<>();
        List<String> trace = new ArrayList<>();

        host.launch(REALM, plan(HOST), Realms.STORE, (step, calls) -> steps.add(step), trace::add);

        assertThat(steps)
                .containsExactly(
                        LaunchStep.CONFIG_REALM,
                        LaunchStep.CREATE_REALM,
                        LaunchStep.INIT_RIPAS,
                        LaunchStep.POPULATE,
                        LaunchStep.CREATE_RECS,
                        LaunchStep.ACTIVATE);
        assertThat(phases(trace))
                .containsExactly(
                        "RMI_VERSION",
                        "RMI_REALM_CREATE",
                        "RMI_RTT_INIT_RIPAS",
                        "RMI_DATA_CREATE",
                        "RMI_REC_AUX_COUNT",
                        "RMI_REC_CREATE",
                        "RMI_REALM_ACTIVATE");
    }

    /** The commands of a trace in order, equal neighbours once, without granules and tables that others need. */
    private static List<String> phases(List<String> trace) {
        List<String> phases = new ArrayList<>();
        Pattern.compile("\"call\":\"(\\w+)\"")
                .matcher(String.join("\n", trace))
                .results()
                .map((MatchResult call) -> call.group(1))
                .filter(call -> !call.equals("RMI_GRANULE_DELEGATE") && !call.equals("RMI_RTT_CREATE"))
                .filter(call -> phases.isEmpty() || !phases.getLast().equals(call))
                .forEach(phases::add);
        return phases;
    }

    @Test
    void whoDeclaresMemoryIsVisibleInTheRim() {
        assertThat(rim(REALM, HOST))
                .isEqualTo(completed(created().andDeclared(Realms.RAM.start(), Realms.RAM.top(), TWO_MIB)));
        assertThat(rim(REALM, ranges(Realms.LOW_HALF)))
                .isEqualTo(completed(created().andDeclared(Realms.RAM.start(), Realms.LOW_HALF.top(), TWO_MIB)));
        assertThat(rim(REALM, GUEST)).isEqualTo(completed(created()));
    }

    @Test
    void theOrderOfRangesIsVisibleInTheRim() {
        IpaRange second = IpaRange.of(Realms.LOW_HALF.top(), Realms.RAM.top() - Realms.LOW_HALF.top());

        assertThat(rim(REALM, ranges(second, Realms.LOW_HALF)))
                .isEqualTo(completed(created()
                        .andDeclared(second.start(), second.top(), TWO_MIB)
                        .andDeclared(Realms.LOW_HALF.start(), Realms.LOW_HALF.top(), TWO_MIB)))
                .isNotEqualTo(rim(REALM, ranges(Realms.LOW_HALF, second)));
    }

    @Test
    void theDepthOfTablesIsVisibleInTheRim() {
        IpaRange unaligned = IpaRange.of(Realms.RAM_BASE + PAGE, 2 * TWO_MIB);

        long firstBlock = Realms.RAM_BASE + TWO_MIB;
        assertThat(rim(REALM, ranges(unaligned)))
                .isEqualTo(completed(created()
                        .andDeclared(unaligned.start(), firstBlock, PAGE)
                        .andDeclared(firstBlock, firstBlock + TWO_MIB, TWO_MIB)
                        .andDeclared(firstBlock + TWO_MIB, unaligned.top(), PAGE)));
    }

    @Test
    void oneRangeOverTwoSlotsIsOneDeclaration() {
        RealmSpec twoSlots = Realms.withMemslots(
                REALM, IpaRange.of(Realms.RAM_BASE, GIB / 2), IpaRange.of(Realms.RAM_BASE + GIB / 2, GIB / 2));

        assertThat(rim(twoSlots, ranges(IpaRange.of(Realms.RAM_BASE, GIB))))
                .isEqualTo(completed(created().andDeclared(Realms.RAM_BASE, Realms.RAM_BASE + GIB, GIB)));
        // The same memory slot by slot is declared in the largest entries that fit a slot.
        assertThat(rim(twoSlots, HOST))
                .isEqualTo(completed(created().andDeclared(Realms.RAM_BASE, Realms.RAM_BASE + GIB, TWO_MIB)));
    }

    @Test
    void everyRealmHasAVmidAsLongAsThereAreAny() {
        List<RealmVm> realms = new ArrayList<>();
        for (int realm = 0; realm < VMIDS; realm++) {
            realms.add(HostedLife.launched(host, REALM, plan(GUEST)).vm());
        }
        long free = host.freeGranules();

        assertThat(HostedLife.launched(host, REALM, plan(GUEST)).result())
                .isEqualTo(new LaunchResult.OutOfVmids(LaunchStep.CREATE_REALM));

        assertThat(host.freeGranules()).isEqualTo(free);
        realms.get(77).destroy();
        assertThat(HostedLife.launched(host, REALM, plan(GUEST)).result()).isInstanceOf(LaunchResult.Launched.class);
    }

    @Test
    void aFailedLaunchGivesItsVmidBack() {
        for (int launch = 0; launch <= VMIDS; launch++) {
            String command = launch % 2 == 0 ? "RMI_REALM_CREATE" : "RMI_REC_CREATE";
            host.plan(List.of(new Fault(command, 1, new FaultAction.Refuse("RMI_ERROR_INPUT", 0))), duration -> {});

            LaunchResult result = host.launch(REALM, plan(GUEST), Realms.STORE, LaunchObserver.NONE, TraceSink.NONE);

            assertThat(result).as("launch %d", launch).isInstanceOf(LaunchResult.RefusedByRmm.class);
        }
        assertThat(host.leakedGranules()).isZero();
    }
}
