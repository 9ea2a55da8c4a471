package io.realmwright.deployerpolicy.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchObserver;
import io.realmwright.machine.host.LaunchResult;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.SimulatedHost;
import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.rim.RimExtension.Kind;
import io.realmwright.machine.rim.RimObserver;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Launches that differ in one thing each, on real simulated machines. */
class LadderDiffTest {
    private static final HostProfile RMM_1_0 = HostProfile.RMM_1_0_KVM_RME_V10;
    private static final HostProfile RMM_2_0 = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final long RAM = 0x8000_0000L;
    private static final RipasMode ALL = new RipasMode.HostAllMemslots();

    @Test
    void equalLaunchesHaveEqualLadders() {
        assertThat(LadderDiff.between(new Realm().launch(), new Realm().launch())
                        .isEqual())
                .isTrue();
    }

    @Test
    void anotherImageIsNamedByItsFirstPage() {
        var other = new Realm();
        other.secondPage = 9;

        LadderDiff diff = LadderDiff.between(new Realm().launch(), other.launch());

        assertThat(diff.likelyCauses()).containsExactly(LikelyCause.IMAGE);
        assertThat(diff.differences()).hasSize(1);
        RimExtension left = Objects.requireNonNull(diff.first().orElseThrow().left());
        assertThat(left.kind()).isEqualTo(Kind.DATA);
        assertThat(left.base()).isEqualTo(RAM + 0x1000);
    }

    @Test
    void anImageThatIsLongerHasStepsThatTheOtherDoesNotHave() {
        var other = new Realm();
        other.pages = 5;

        LadderDiff diff = LadderDiff.between(new Realm().launch(), other.launch());

        assertThat(diff.likelyCauses()).containsExactly(LikelyCause.IMAGE);
        assertThat(diff.differences())
                .allSatisfy(difference -> assertThat(difference.left()).isNull())
                .hasSize(1);
    }

    @Test
    void contentsThatWereNotMeasuredAreNamed() {
        var other = new Realm();
        other.measured = MeasuredContents.NEVER;

        assertThat(causes(new Realm(), other)).containsExactly(LikelyCause.MEASURED_CONTENTS);
    }

    @Test
    void theOrderOfImagesIsNamedAndEveryMovedStepTold() {
        var one = new Realm();
        one.secondImage = true;
        var other = new Realm();
        other.secondImage = true;
        other.secondFirst = true;

        LadderDiff diff = LadderDiff.between(one.launch(), other.launch());

        assertThat(diff.likelyCauses())
                .as("the guest enters at the first image")
                .containsExactly(LikelyCause.ENTRY_POINT, LikelyCause.ORDER);
        assertThat(diff.differences()).as("all six pages and the vCPU").hasSize(7);
    }

    @Test
    void hashAlgorithmAndIpaWidthAreNamed() {
        var hash = new Realm();
        hash.hash = HashAlgorithm.SHA_512;
        var width = new Realm();
        width.ipaBits = 36;

        assertThat(causes(new Realm(), hash)).containsExactly(LikelyCause.HASH_ALGORITHM);
        assertThat(causes(new Realm(), width)).containsExactly(LikelyCause.IPA_BITS);
    }

    @Test
    void onRmm2_0MemoryAndModeAreNotMeasured() {
        var other = new Realm();
        other.ramBytes = 0x2000_0000L;
        other.mode = new RipasMode.GuestDeclares();

        assertThat(LadderDiff.between(new Realm().launch(), other.launch()).isEqual())
                .isTrue();
    }

    @Test
    void onRmm1_0MemorySizeAndModeAreNamed() {
        var one = new Realm();
        one.profile = RMM_1_0;
        var more = new Realm();
        more.profile = RMM_1_0;
        more.ramBytes = 0x2000_0000L;
        var none = new Realm();
        none.profile = RMM_1_0;
        none.mode = new RipasMode.GuestDeclares();

        assertThat(causes(one, more)).contains(LikelyCause.MEMORY_SIZE).doesNotContain(LikelyCause.IMAGE);
        assertThat(causes(one, none)).containsExactly(LikelyCause.RIPAS_MODE);
    }

    /** One call over 1 GiB is one entry where no table is below it, two halves are hundreds. */
    @Test
    void onRmm1_0TheSameMemoryInSmallerEntriesIsNamedByTheDepthOfItsTables() {
        var whole = new Realm();
        whole.profile = RMM_1_0;
        whole.ramBytes = 0x4000_0000L;
        var halves = new Realm();
        halves.profile = RMM_1_0;
        halves.ramBytes = 0x4000_0000L;
        halves.mode = new RipasMode.DeployerRanges(
                List.of(IpaRange.of(RAM, 0x2000_0000L), IpaRange.of(RAM + 0x2000_0000L, 0x2000_0000L)));

        LadderDiff diff = LadderDiff.between(whole.launch(), halves.launch());

        assertThat(diff.likelyCauses()).containsExactly(LikelyCause.RTT_DEPTH);
        assertThat(diff.differences()).hasSizeGreaterThan(500);
    }

    @Test
    void anotherNumberOfRunnableVcpusIsNamed() {
        Ladder one = new Realm().launch();
        var more = new ArrayList<>(one.steps());
        more.add(one.steps().getLast());

        assertThat(LadderDiff.between(one, new Ladder(more)).likelyCauses()).containsExactly(LikelyCause.VCPU_COUNT);
    }

    @Test
    void anotherEntryPointIsNamed() {
        Ladder one = new Realm().launch();
        var other = new ArrayList<>(one.steps());
        RimExtension rec = other.removeLast();
        other.add(new RimExtension(rec.kind(), 0, 0, "ab".repeat(32), rec.before(), "cd".repeat(32)));

        assertThat(LadderDiff.between(one, new Ladder(other)).likelyCauses()).containsExactly(LikelyCause.ENTRY_POINT);
    }

    private static Iterable<LikelyCause> causes(Realm left, Realm right) {
        return LadderDiff.between(left.launch(), right.launch()).likelyCauses();
    }

    /** A realm to be launched; a test changes what it is about. */
    private static final class Realm {
        HostProfile profile = RMM_2_0;
        HashAlgorithm hash = HashAlgorithm.SHA_256;
        RipasMode mode = ALL;
        MeasuredContents measured = MeasuredContents.AS_SPECIFIED;
        int ipaBits = 40;
        long ramBytes = 0x1000_0000L;
        int pages = 4;
        int secondPage = 1;
        boolean secondImage;
        boolean secondFirst;

        Ladder launch() {
            String kernel = "aa".repeat(32);
            String initrd = "bb".repeat(32);
            var contents = new byte[pages * 0x1000];
            contents[0x1000] = (byte) secondPage;
            ImageStore store = digest -> Optional.of(digest.equals(kernel) ? contents : new byte[0x2000]);
            var images = new ArrayList<>(List.of(new ImagePlacement(kernel, new Ipa(RAM), true)));
            if (secondImage) {
                images.add(secondFirst ? 0 : 1, new ImagePlacement(initrd, new Ipa(RAM + 0x80_0000), true));
            }
            var spec = new RealmSpec(
                    List.of(new Memslot(IpaRange.of(RAM, ramBytes), true)),
                    1,
                    ipaBits,
                    hash,
                    images,
                    new Guest.Profile(GuestProfile.LINUX));
            var plan = new LaunchPlan(mode, new RunTimeVerdict.Accept(), measured, PersonalizationValue.ZERO);
            var steps = new ArrayList<RimExtension>();
            var host = SimulatedHost.boot(new HostConfig(profile, 4 * HostConfig.GIB, 1));
            assertThat(host.launch(spec, plan, store, listening(steps), TraceSink.NONE))
                    .isInstanceOf(LaunchResult.Launched.class);
            return new Ladder(steps);
        }
    }

    private static LaunchObserver listening(List<RimExtension> steps) {
        return new LaunchObserver() {
            @Override
            public void completed(LaunchStep step, long rmiCalls) {
                // only the RIM matters here
            }

            @Override
            public RimObserver rim() {
                return steps::add;
            }
        };
    }
}
