package io.realmwright.machine.host;

import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_V14;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.oracle.NaiveMeasurement;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The RIM of a launch, against a calculation that uses no class of the machine. */
class InitialMeasurementTest {
    private static final Ipa KERNEL_IPA = new Ipa(Realms.RAM_BASE);
    private static final Ipa INITRD_IPA = new Ipa(Realms.RAM_BASE + 16 * Realms.MIB);
    private static final byte[] KERNEL = GeneratedImage.of(7, 0x5000);
    /** Ends in the middle of a page. */
    private static final byte[] INITRD = GeneratedImage.of(8, 0x2468);

    private static final LaunchPlan PLAN = LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    @ParameterizedTest(name = "{0} {1}, {3} vCPUs, {4} IPA bits, kernel measured {5}, initrd measured {6}")
    @CsvSource({
        "RMM_2_0_KVM_RMI_INIT_RIPAS, SHA_256, SHA-256, 1, 40, true, true",
        "RMM_2_0_KVM_RMI_INIT_RIPAS, SHA_256, SHA-256, 4, 40, true, false",
        "RMM_2_0_KVM_RMI_INIT_RIPAS, SHA_256, SHA-256, 1, 40, false, false",
        "RMM_2_0_KVM_RMI_INIT_RIPAS, SHA_512, SHA-512, 1, 48, true, true",
        "RMM_2_0_KVM_RMI_INIT_RIPAS, SHA_512, SHA-512, 17, 33, false, true",
        "RMM_2_0_KVM_RMI_V14, SHA_256, SHA-256, 2, 40, true, true",
        "RMM_2_0_KVM_RMI_V14, SHA_256, SHA-256, 1, 36, false, true",
        "RMM_1_0_KVM_RME_V10, SHA_256, SHA-256, 1, 40, true, true",
        "RMM_1_0_KVM_RME_V10, SHA_512, SHA-512, 3, 33, true, false",
        "RMM_1_0_KVM_RME_V10, SHA_256, SHA-256, 2, 48, false, false",
    })
    void theRimIsWhatTheReferenceSays(
            HostProfile profile,
            HashAlgorithm hash,
            String jcaName,
            int vcpus,
            int ipaBits,
            boolean kernelMeasured,
            boolean initrdMeasured) {
        RealmSpec spec = Realms.withVcpus(
                Realms.withIpaBits(
                        Realms.hashedBy(
                                withImages(
                                        placed(KERNEL, KERNEL_IPA, kernelMeasured),
                                        placed(INITRD, INITRD_IPA, initrdMeasured)),
                                hash),
                        ipaBits),
                vcpus);
        // Whatever the number of vCPUs, only the first one is runnable.
        NaiveMeasurement created = NaiveMeasurement.ofRealm(jcaName, hash == HashAlgorithm.SHA_256 ? 0 : 1, ipaBits);
        if (profile == HostProfile.RMM_1_0_KVM_RME_V10) {
            // Declared before it is populated, in the largest entries that fit: 2 MiB ones.
            created.andDeclared(Realms.RAM.start(), Realms.RAM.top(), 2 * Realms.MIB);
        }
        String expected = created.andImage(KERNEL_IPA.value(), KERNEL, kernelMeasured)
                .andImage(INITRD_IPA.value(), INITRD, initrdMeasured)
                .andRunnableRec(KERNEL_IPA.value())
                .rim();

        assertThat(rimOn(profile, spec, PLAN)).isEqualTo(expected);
    }

    @Test
    void oneChangedByteOfAMeasuredImageChangesTheRim() {
        assertThat(rimWithKernel(changed(KERNEL), true)).isNotEqualTo(rimWithKernel(KERNEL, true));
    }

    @Test
    void oneChangedByteOfAnUnmeasuredImageDoesNot() {
        assertThat(rimWithKernel(changed(KERNEL), false)).isEqualTo(rimWithKernel(KERNEL, false));
    }

    @Test
    void theAddressOfAnUnmeasuredImageCountsAllTheSame() {
        ImagePlacement kernel = placed(KERNEL, KERNEL_IPA, true);
        ImagePlacement there = placed(INITRD, INITRD_IPA, false);
        ImagePlacement besides = placed(INITRD, new Ipa(INITRD_IPA.value() + 0x1000), false);

        assertThat(rim(withImages(kernel, besides), PLAN)).isNotEqualTo(rim(withImages(kernel, there), PLAN));
    }

    @Test
    void theOrderOfImagesCounts() {
        ImagePlacement kernel = placed(KERNEL, KERNEL_IPA, true);
        ImagePlacement initrd = placed(INITRD, INITRD_IPA, true);

        assertThat(rim(withImages(initrd, kernel), PLAN)).isNotEqualTo(rim(withImages(kernel, initrd), PLAN));
    }

    @Test
    void thePlanMayMeasureAllContentsOrNone() {
        RealmSpec asked = withImages(placed(KERNEL, KERNEL_IPA, true));
        RealmSpec notAsked = withImages(placed(KERNEL, KERNEL_IPA, false));

        assertThat(rim(notAsked, measuring(MeasuredContents.ALWAYS))).isEqualTo(rim(asked, PLAN));
        assertThat(rim(asked, measuring(MeasuredContents.NEVER))).isEqualTo(rim(notAsked, PLAN));
    }

    @Test
    void whoDeclaresMemoryIsNotVisibleInTheRim() {
        RealmSpec spec = withImages(placed(KERNEL, KERNEL_IPA, true));
        var ranges = new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF));

        assertThat(List.of(
                        rim(spec, LaunchPlan.of(ranges, new RunTimeVerdict.Accept())),
                        rim(spec, LaunchPlan.of(new RipasMode.GuestDeclares(), new RunTimeVerdict.Reject()))))
                .containsOnly(rim(spec, PLAN));
    }

    @Test
    void thePersonalizationValueIsNotMeasured() {
        RealmSpec spec = withImages(placed(KERNEL, KERNEL_IPA, true));
        var plan = new LaunchPlan(
                PLAN.mode(), PLAN.verdict(), PLAN.measuredContents(), new PersonalizationValue("5a".repeat(64)));

        assertThat(rim(spec, plan)).isEqualTo(rim(spec, PLAN));
    }

    @Test
    void whatHappensAfterActivationDoesNotChangeTheRim() {
        RealmVm vm = launched(RMM_2_0_KVM_RMI_V14, Realms.running(GuestProfile.LINUX), PLAN);
        String before = vm.measurements().rim();

        vm.run();

        assertThat(vm.measurements().rim()).isEqualTo(before);
    }

    private static ImagePlacement placed(byte[] image, Ipa ipa, boolean measured) {
        return new ImagePlacement(Realms.image(image), ipa, measured);
    }

    private static RealmSpec withImages(ImagePlacement... images) {
        return Realms.withImages(Realms.running(GuestProfile.LINUX), images);
    }

    private static byte[] changed(byte[] image) {
        byte[] changed = image.clone();
        changed[0x4321] ^= 1;
        return changed;
    }

    private static LaunchPlan measuring(MeasuredContents contents) {
        return new LaunchPlan(PLAN.mode(), PLAN.verdict(), contents, PLAN.rpv());
    }

    private static String rimWithKernel(byte[] kernel, boolean measured) {
        return rim(withImages(placed(kernel, KERNEL_IPA, measured)), PLAN);
    }

    private static String rim(RealmSpec spec, LaunchPlan plan) {
        return rimOn(RMM_2_0_KVM_RMI_INIT_RIPAS, spec, plan);
    }

    private static String rimOn(HostProfile profile, RealmSpec spec, LaunchPlan plan) {
        return launched(profile, spec, plan).measurements().rim();
    }

    private static RealmVm launched(HostProfile profile, RealmSpec spec, LaunchPlan plan) {
        return HostedLife.launched(Realms.host(profile), spec, plan).vm();
    }
}
