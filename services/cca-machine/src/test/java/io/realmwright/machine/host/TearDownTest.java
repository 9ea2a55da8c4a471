package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm that is torn down leaves its host as if it had never been. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"RMM_1_0_KVM_RME_V10", "RMM_2_0_KVM_RMI_INIT_RIPAS"})
class TearDownTest {
    private static final LaunchPlan HOST_DECLARES =
            LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    private final SimulatedHost host;

    TearDownTest(HostProfile profile) {
        host = Realms.host(profile);
    }

    @ParameterizedTest(name = "{0} IPA bits")
    @ValueSource(ints = {32, 33, 34, 35, 36, 39, 40, 42, 43, 44, 47, 48})
    void everyWidthOfIpaSpaceComesBackWithAllItsTables(int ipaBits) {
        RealmSpec image = Realms.withImages(
                Realms.running(GuestProfile.LINUX),
                new ImagePlacement(Realms.image(GeneratedImage.of(7, 0x2000)), new Ipa(0), true));
        long top = 1L << (ipaBits - 1);
        RealmSpec slots = Realms.withMemslots(
                image, IpaRange.of(0, 4 * Realms.MIB), IpaRange.of(top - 4 * Realms.MIB, 4 * Realms.MIB));
        RealmSpec realm = Realms.running(
                Realms.withIpaBits(slots, ipaBits),
                new GuestStep.Touch(Access.WRITE, new Ipa(0x200000)),
                new GuestStep.Touch(Access.READ, new Ipa(top - 0x1000)),
                new GuestStep.Touch(Access.WRITE, new Ipa(top)),
                new GuestStep.Touch(Access.WRITE, new Ipa(2 * top - 0x1000)),
                new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, new Ipa(top - 0x1000)));

        assertLeavesNothing(realm, HOST_DECLARES, new Outcome.Booted());
    }

    @Test
    void manyRealmsSideBySideAllComeBack() {
        SortedMap<String, Long> before = host.granulesByState();
        RealmVm first = HostedLife.launched(host, Realms.running(GuestProfile.LINUX), HOST_DECLARES)
                .vm();
        RealmVm second = HostedLife.launched(host, Realms.running(GuestProfile.EDK2_LINUX), HOST_DECLARES)
                .vm();

        assertThat(second.run()).isEqualTo(new Outcome.Booted());
        first.destroy();
        RealmVm third = HostedLife.launched(host, Realms.running(GuestProfile.UNAWARE), HOST_DECLARES)
                .vm();
        assertThat(third.run()).isEqualTo(new Outcome.Booted());
        second.destroy();
        third.destroy();

        assertThat(host.granulesByState()).isEqualTo(before).isEqualTo(Map.of("NS", HostedLife.GRANULES));
    }

    @Test
    void tearingDownTwiceDoesNothing() {
        RealmVm vm = HostedLife.launched(host, Realms.running(GuestProfile.LINUX), HOST_DECLARES)
                .vm();
        vm.destroy();
        SortedMap<String, Long> calls = vm.rmiCalls();

        assertThat(vm.destroy()).isZero();

        assertThat(vm.rmiCalls()).isEqualTo(calls);
    }

    @Test
    void aRealmThatIsGoneCannotBeLookedAt() {
        RealmVm vm = HostedLife.launched(host, Realms.running(GuestProfile.LINUX), HOST_DECLARES)
                .vm();
        vm.destroy();

        assertThatThrownBy(vm::memory).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(vm::measurements).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(vm::run).isInstanceOf(IllegalStateException.class);
    }

    private void assertLeavesNothing(RealmSpec realm, LaunchPlan plan, Outcome outcome) {
        SortedMap<String, Long> before = host.granulesByState();
        long freeBefore = host.freeGranules();

        HostedLife life = HostedLife.lived(host, realm, plan);

        assertThat(life.outcome()).isEqualTo(outcome);
        assertThat(host.granulesByState()).isEqualTo(before);
        assertThat(host.freeGranules()).isEqualTo(freeBefore);
        assertThat(host.leakedGranules()).isZero();
    }
}
