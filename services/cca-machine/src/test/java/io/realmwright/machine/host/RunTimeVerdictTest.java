package io.realmwright.machine.host;

import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a host answers a running guest that asks for RAM. */
class RunTimeVerdictTest {
    private static final long MIB = Realms.MIB;
    private static final long BASE = Realms.RAM_BASE;
    private static final Outcome BOOTED = new Outcome.Booted();
    private static final Outcome REJECTED = new Outcome.Stalled(Outcome.Stalled.Reason.RIPAS_REJECTED);

    /** A guest that asks for all of its RAM at once, and then boots. */
    private static final RealmSpec ASKING = Realms.running(
            Realms.withImage(GeneratedImage.of(7, 0x2000)),
            new GuestStep.DeclareRam(Realms.RAM, false),
            new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, new Ipa(BASE + 0x1000)));

    private static HostedLife launched(RunTimeVerdict verdict) {
        return HostedLife.launched(
                Realms.host(RMM_2_0_KVM_RMI_INIT_RIPAS), ASKING, LaunchPlan.of(new RipasMode.GuestDeclares(), verdict));
    }

    private static RunTimeVerdict accepting(IpaRange... ranges) {
        return new RunTimeVerdict.AcceptRanges(List.of(ranges));
    }

    /** Where RAM is declared, populated or not. */
    private static List<IpaRange> ram(RealmVm vm) {
        List<IpaRange> ram = new ArrayList<>();
        for (MemoryRun run : vm.memory()) {
            boolean continues =
                    !ram.isEmpty() && ram.getLast().top() == run.range().start();
            if (run.ripas().equals("RAM") && continues) {
                IpaRange last = ram.removeLast();
                ram.add(IpaRange.of(last.start(), run.range().top() - last.start()));
            } else if (run.ripas().equals("RAM")) {
                ram.add(run.range());
            }
        }
        return ram;
    }

    @Test
    void everyRequestIsAnExitThatTheHostServes() {
        HostedLife life = HostedLife.launched(
                Realms.host(RMM_2_0_KVM_RMI_INIT_RIPAS),
                Realms.running(GuestProfile.LINUX_EARLY_RSI),
                LaunchPlan.of(new RipasMode.GuestDeclares(), new RunTimeVerdict.Accept()));

        assertThat(life.vm().run()).isEqualTo(BOOTED);

        List<String> trace = life.trace();
        int exit = indexOf(
                trace,
                "\"exit\":{\"0x0\":\"0x4\",\"0x500\":\"0x80000000\",\"0x508\":\"0x90000000\",\"0x510\":\"0x1\"}");
        assertThat(trace.get(exit)).contains("RMI_REC_ENTER");
        // The table of the populated image first, then the blocks behind it.
        assertThat(trace.get(exit + 1))
                .contains("RMI_RTT_SET_RIPAS", "\"0x80000000\",\"0x90000000\"]", "\"0x80200000\"");
        assertThat(trace.get(exit + 2))
                .contains("RMI_RTT_SET_RIPAS", "\"0x80200000\",\"0x90000000\"]", "\"0x90000000\"");
    }

    private static int indexOf(List<String> trace, String text) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no line with " + text);
    }

    @Test
    void acceptDeclaresAllThatWasAskedFor() {
        RealmVm vm = launched(new RunTimeVerdict.Accept()).vm();

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(ram(vm)).containsExactly(Realms.RAM);
    }

    @Test
    void rejectLeavesNothingButWhatWasPopulated() {
        RealmVm vm = launched(new RunTimeVerdict.Reject()).vm();

        assertThat(vm.run()).isEqualTo(REJECTED);

        assertThat(ram(vm)).containsExactly(IpaRange.of(BASE, 0x2000));
        assertThat(vm.rmiCalls()).doesNotContainKey("RMI_RTT_SET_RIPAS").containsEntry("RMI_REC_ENTER", 2L);
    }

    @Test
    void withholdDoesNotRunTheVcpuAgain() {
        RealmVm vm = launched(new RunTimeVerdict.Withhold()).vm();

        assertThat(vm.run()).isEqualTo(new Outcome.Stalled(Outcome.Stalled.Reason.RIPAS_WITHHELD));

        assertThat(vm.rmiCalls()).doesNotContainKey("RMI_RTT_SET_RIPAS").containsEntry("RMI_REC_ENTER", 1L);
    }

    @Test
    void acceptedRangesAreDeclaredUpToTheFirstAddressOutside() {
        RealmVm vm = launched(accepting(IpaRange.of(BASE, 64 * MIB), IpaRange.of(BASE + 96 * MIB, 32 * MIB)))
                .vm();

        assertThat(vm.run()).isEqualTo(REJECTED);

        assertThat(ram(vm)).containsExactly(IpaRange.of(BASE, 64 * MIB));
    }

    @Test
    void acceptedRangesNeedNoOrderAndMayEndInTheMiddleOfABlock() {
        RealmVm vm = launched(accepting(IpaRange.of(BASE + 64 * MIB, MIB + 0x3000), IpaRange.of(BASE, 64 * MIB)))
                .vm();

        assertThat(vm.run()).isEqualTo(REJECTED);

        assertThat(ram(vm)).containsExactly(IpaRange.of(BASE, 65 * MIB + 0x3000));
    }

    @Test
    void acceptedRangesThatDoNotHoldTheFirstAddressRejectIt() {
        RealmVm vm = launched(accepting(IpaRange.of(BASE + 2 * MIB, 64 * MIB))).vm();

        assertThat(vm.run()).isEqualTo(REJECTED);

        assertThat(ram(vm)).containsExactly(IpaRange.of(BASE, 0x2000));
        assertThat(vm.rmiCalls()).doesNotContainKey("RMI_RTT_SET_RIPAS");
    }

    @Test
    void acceptedRangesThatHoldTheWholeRequestAreAsGoodAsAccept() {
        RealmVm vm = launched(accepting(IpaRange.of(BASE, 128 * MIB), IpaRange.of(BASE + 128 * MIB, 128 * MIB)))
                .vm();

        assertThat(vm.run()).isEqualTo(BOOTED);

        assertThat(ram(vm)).containsExactly(Realms.RAM);
    }

    @Test
    void memoryThatIsRamAlreadyIsRejectedAllTheSame() {
        RealmVm vm = HostedLife.launched(
                        Realms.host(RMM_2_0_KVM_RMI_INIT_RIPAS),
                        ASKING,
                        LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Reject()))
                .vm();

        assertThat(vm.run()).isEqualTo(REJECTED);
    }

    @Test
    void noVerdictIsAskedForMemoryThatTheGuestGivesBack() {
        RealmSpec spec = Realms.running(
                ASKING, new GuestStep.ReleaseRam(IpaRange.of(BASE + 32 * MIB, 32 * MIB)), new GuestStep.PowerOff());
        RealmVm vm = HostedLife.launched(
                        Realms.host(RMM_2_0_KVM_RMI_INIT_RIPAS),
                        spec,
                        LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Withhold()))
                .vm();

        assertThat(vm.run()).isEqualTo(new Outcome.PoweredOff());

        assertThat(ram(vm)).containsExactly(IpaRange.of(BASE, 32 * MIB), IpaRange.of(BASE + 64 * MIB, 192 * MIB));
    }
}
