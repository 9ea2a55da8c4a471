package io.realmwright.machine.spec;

import static io.realmwright.machine.spec.Specs.BASE;
import static io.realmwright.machine.spec.Specs.KERNEL;
import static io.realmwright.machine.spec.Specs.MORE_RAM;
import static io.realmwright.machine.spec.Specs.ONE_PAGE;
import static io.realmwright.machine.spec.Specs.RAM;
import static io.realmwright.machine.spec.Specs.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestStep;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The text that grants are signed over. It never changes: a changed golden text here breaks every grant there is. */
class CanonicalTextTest {
    private static final Ipa IPA = new Ipa(BASE);

    @Test
    void theTextOfASpec() {
        RealmSpec spec = Specs.withImages(
                Specs.withMemslots(new Memslot(RAM, true), new Memslot(MORE_RAM, false)),
                image(KERNEL, BASE),
                new ImagePlacement(ONE_PAGE, new Ipa(BASE + 0x10000), false));

        assertThat(CanonicalText.of(spec)).isEqualTo("""
                realm-spec 1
                memslot [0x80000000, 0x90000000) guest_memfd
                memslot [0x90000000, 0xa0000000) shared
                vcpus 2
                ipa-bits 40
                hash SHA_256
                image 7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c 0x80000000 measured
                image 0101010101010101010101010101010101010101010101010101010101010101 0x80010000 unmeasured
                guest LINUX
                """);
    }

    @Test
    void theTextOfAProgram() {
        RealmSpec spec = Specs.withImages(Specs.running(
                new GuestStep.Touch(Access.WRITE, IPA),
                new GuestStep.DetectRsi(),
                new GuestStep.ReadRealmConfig(IPA),
                new GuestStep.DeclareRam(RAM, false),
                new GuestStep.ReleaseRam(RAM),
                new GuestStep.MeasureRipas(2, RAM),
                new GuestStep.ExtendRem(3, "c0ffee"),
                new GuestStep.HostCall(0xb007, IPA),
                new GuestStep.StartSecondaries(IPA),
                new GuestStep.PowerOff(),
                new GuestStep.Halt(),
                new GuestStep.Attest(IPA)));

        assertThat(CanonicalText.of(spec)).isEqualTo("""
                realm-spec 1
                memslot [0x80000000, 0x90000000) guest_memfd
                vcpus 2
                ipa-bits 40
                hash SHA_256
                touch WRITE 0x80000000
                detect-rsi
                read-realm-config 0x80000000
                declare-ram [0x80000000, 0x90000000) false
                release-ram [0x80000000, 0x90000000)
                measure-ripas 2 [0x80000000, 0x90000000)
                extend-rem 3 "c0ffee"
                host-call 45063 0x80000000
                start-secondaries 0x80000000
                power-off
                halt
                attest 0x80000000
                """);
    }

    @Test
    void theTextOfAPlan() {
        var plan = new LaunchPlan(
                new RipasMode.DeployerRanges(List.of(MORE_RAM, RAM)),
                new RunTimeVerdict.AcceptRanges(List.of(RAM)),
                MeasuredContents.ALWAYS,
                PersonalizationValue.ZERO);

        assertThat(CanonicalText.of(plan)).isEqualTo("""
                launch-plan 1
                ripas-mode DEPLOYER_RANGES
                range [0x90000000, 0xa0000000)
                range [0x80000000, 0x90000000)
                verdict ACCEPT_RANGES
                accept [0x80000000, 0x90000000)
                measured-contents ALWAYS
                """);
    }

    @Test
    void theDigestIsThatOfTheText() {
        assertThat(CanonicalText.sha256("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void everyChangedFieldOfASpecChangesTheText() {
        RealmSpec valid = Specs.valid();
        IpaRange smaller = IpaRange.of(BASE, RAM.sizeBytes() - 0x1000);
        IpaRange elsewhere = IpaRange.of(BASE + 0x1000, RAM.sizeBytes());

        assertAllDiffer(Stream.of(
                        valid,
                        Specs.withMemslots(smaller),
                        Specs.withMemslots(elsewhere),
                        Specs.withMemslots(new Memslot(RAM, false)),
                        Specs.withMemslots(RAM, MORE_RAM),
                        Specs.withMemslots(MORE_RAM, RAM),
                        Specs.withShape(3, 40),
                        Specs.withShape(2, 41),
                        Specs.withHash(HashAlgorithm.SHA_512),
                        Specs.withImages(),
                        Specs.withImages(image(ONE_PAGE, BASE)),
                        Specs.withImages(image(KERNEL, BASE + 0x1000)),
                        Specs.withImages(new ImagePlacement(KERNEL, IPA, false)),
                        Specs.withImages(image(KERNEL, BASE), image(ONE_PAGE, BASE + 0x8000)),
                        Specs.withImages(image(ONE_PAGE, BASE + 0x8000), image(KERNEL, BASE)),
                        Specs.running(new Guest.Profile(GuestProfile.UNAWARE)))
                .map(CanonicalText::of));
    }

    @Test
    void everyChangedFieldOfAStepChangesTheText() {
        Ipa other = new Ipa(BASE + 0x1000);
        assertAllDiffer(Stream.of(
                        List.<GuestStep>of(new GuestStep.Touch(Access.READ, IPA)),
                        List.of(new GuestStep.Touch(Access.WRITE, IPA)),
                        List.of(new GuestStep.Touch(Access.READ, other)),
                        List.of(new GuestStep.ReadRealmConfig(IPA)),
                        List.of(new GuestStep.ReadRealmConfig(other)),
                        List.of(new GuestStep.DeclareRam(RAM, false)),
                        List.of(new GuestStep.DeclareRam(RAM, true)),
                        List.of(new GuestStep.DeclareRam(MORE_RAM, true)),
                        List.of(new GuestStep.ReleaseRam(RAM)),
                        List.of(new GuestStep.ReleaseRam(MORE_RAM)),
                        List.of(new GuestStep.MeasureRipas(1, RAM)),
                        List.of(new GuestStep.MeasureRipas(2, RAM)),
                        List.of(new GuestStep.MeasureRipas(1, MORE_RAM)),
                        List.of(new GuestStep.ExtendRem(1, "")),
                        List.of(new GuestStep.ExtendRem(1, "00")),
                        List.of(new GuestStep.ExtendRem(2, "")),
                        List.of(new GuestStep.HostCall(1, IPA)),
                        List.of(new GuestStep.HostCall(2, IPA)),
                        List.of(new GuestStep.HostCall(1, other)),
                        List.of(new GuestStep.StartSecondaries(IPA)),
                        List.of(new GuestStep.StartSecondaries(other)),
                        List.of(new GuestStep.DetectRsi()),
                        List.of(new GuestStep.PowerOff()),
                        List.of(new GuestStep.Halt()),
                        List.of(new GuestStep.Halt(), new GuestStep.PowerOff()),
                        List.of(new GuestStep.PowerOff(), new GuestStep.Halt()))
                .map(steps -> CanonicalText.of(Specs.running(steps.toArray(GuestStep[]::new)))));
    }

    @Test
    void everyChangedFieldOfAPlanButItsRpvChangesTheText() {
        RipasMode host = new RipasMode.HostAllMemslots();
        RunTimeVerdict accept = new RunTimeVerdict.Accept();
        assertAllDiffer(Stream.of(
                        LaunchPlan.of(host, accept),
                        LaunchPlan.of(new RipasMode.GuestDeclares(), accept),
                        LaunchPlan.of(new RipasMode.DeployerRanges(List.of(RAM)), accept),
                        LaunchPlan.of(new RipasMode.DeployerRanges(List.of(MORE_RAM)), accept),
                        LaunchPlan.of(new RipasMode.DeployerRanges(List.of(RAM, MORE_RAM)), accept),
                        LaunchPlan.of(new RipasMode.DeployerRanges(List.of(MORE_RAM, RAM)), accept),
                        LaunchPlan.of(host, new RunTimeVerdict.Withhold()),
                        LaunchPlan.of(host, new RunTimeVerdict.Reject()),
                        LaunchPlan.of(host, new RunTimeVerdict.AcceptRanges(List.of(RAM))),
                        LaunchPlan.of(host, new RunTimeVerdict.AcceptRanges(List.of(MORE_RAM))),
                        new LaunchPlan(host, accept, MeasuredContents.ALWAYS, PersonalizationValue.ZERO),
                        new LaunchPlan(host, accept, MeasuredContents.NEVER, PersonalizationValue.ZERO))
                .map(CanonicalText::of));
    }

    @Test
    void theRpvIsNotPartOfTheTextThatItIsMadeOf() {
        var plan = LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());
        var bound = new LaunchPlan(
                plan.mode(), plan.verdict(), plan.measuredContents(), new PersonalizationValue("5a".repeat(64)));

        assertThat(CanonicalText.of(bound)).isEqualTo(CanonicalText.of(plan));
    }

    private static void assertAllDiffer(Stream<String> texts) {
        assertThat(texts).doesNotHaveDuplicates();
    }
}
