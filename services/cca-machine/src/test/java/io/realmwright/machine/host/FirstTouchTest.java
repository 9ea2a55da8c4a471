package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first touch of memory decides whether a guest lives: where it is, and what it finds there. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"RMM_1_0_KVM_RME_V10", "RMM_2_0_KVM_RMI_INIT_RIPAS"})
class FirstTouchTest {
    private static final LaunchPlan LOW_HALF =
            LaunchPlan.of(new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF)), new RunTimeVerdict.Accept());
    private static final LaunchPlan GUEST_DECLARES =
            LaunchPlan.of(new RipasMode.GuestDeclares(), new RunTimeVerdict.Accept());

    private static final Ipa OUTSIDE = new Ipa(Realms.LOW_HALF.top());
    private static final Ipa INSIDE = new Ipa(Realms.LOW_HALF.top() - 0x1000);
    private static final Ipa BUFFER = new Ipa(Realms.RAM_BASE + 0x1000);
    private static final Outcome BOOTED = new Outcome.Booted();

    private final SimulatedHost host;

    FirstTouchTest(HostProfile profile) {
        host = Realms.host(profile);
    }

    private static RealmSpec touching(Access access, Ipa ipa) {
        return Realms.running(
                Realms.withImage(GeneratedImage.of(7, 0x2000)),
                new GuestStep.Touch(access, ipa),
                new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, BUFFER));
    }

    private Outcome run(RealmSpec spec, LaunchPlan plan) {
        return HostedLife.launched(host, spec, plan).vm().run();
    }

    @ParameterizedTest
    @EnumSource
    void aTouchOutsideTheDeclaredRangeIsFatalAndTheHostSeesNothing(Access access) {
        assertThat(run(touching(access, OUTSIDE), LOW_HALF))
                .isEqualTo(new Outcome.Faulted(access, OUTSIDE, "UNASSIGNED", "EMPTY", 0, false));
    }

    @ParameterizedTest
    @EnumSource
    void theSameTouchOnePageLowerBoots(Access access) {
        assertThat(run(touching(access, INSIDE), LOW_HALF)).isEqualTo(BOOTED);
    }

    @Test
    void theSameTouchBootsIfItsPageIsPopulated() {
        RealmSpec unpopulated = touching(Access.WRITE, OUTSIDE);
        byte[] page = GeneratedImage.of(9, 0x1000);
        RealmSpec populated = Realms.withImages(
                unpopulated, unpopulated.images().getFirst(), new ImagePlacement(Realms.image(page), OUTSIDE, false));

        assertThat(run(populated, LOW_HALF)).isEqualTo(BOOTED);
        assertThat(run(populated, GUEST_DECLARES)).isEqualTo(BOOTED);
    }

    @Test
    void theLastBytesOfADeclaredPageBelongToIt() {
        assertThat(run(touching(Access.READ, new Ipa(OUTSIDE.value() - 8)), LOW_HALF))
                .isEqualTo(BOOTED);
    }

    @Test
    void linuxBootsAsSoonAsItsFirstPageTableLiesInDeclaredMemory() {
        RealmSpec linux = Realms.running(GuestProfile.LINUX);
        RealmSpec lessRam = Realms.withMemslots(linux, Realms.LOW_HALF);

        assertThat(run(linux, LOW_HALF).kind()).isEqualTo("FAULTED");
        assertThat(run(lessRam, LOW_HALF)).isEqualTo(BOOTED);
    }

    @Test
    void aPageIsMappedAtItsFirstTouchAndNotAgain() {
        Ipa neighbour = new Ipa(INSIDE.value() - 0x1000);
        RealmSpec spec = Realms.running(
                Realms.withImage(GeneratedImage.of(7, 0x2000)),
                new GuestStep.Touch(Access.WRITE, INSIDE),
                new GuestStep.Touch(Access.WRITE, neighbour),
                new GuestStep.Touch(Access.READ, INSIDE),
                new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, BUFFER));
        RealmVm vm = HostedLife.launched(host, spec, LOW_HALF).vm();

        assertThat(vm.run()).isEqualTo(BOOTED);

        // The first of the calls finds no table for the two pages.
        String mapping =
                host.profile() == HostProfile.RMM_1_0_KVM_RME_V10 ? "RMI_DATA_CREATE_UNKNOWN" : "RMI_RTT_DATA_MAP";
        assertThat(vm.rmiCalls()).containsEntry(mapping, 3L);
        assertThat(vm.memory())
                .filteredOn(run -> run.range().contains(INSIDE.value()))
                .containsExactly(new MemoryRun(IpaRange.of(neighbour.value(), 0x2000), "ASSIGNED", "RAM"));
    }
}
