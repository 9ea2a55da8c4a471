package io.realmwright.machine.spec;

import static io.realmwright.machine.spec.Specs.BASE;
import static io.realmwright.machine.spec.Specs.KERNEL;
import static io.realmwright.machine.spec.Specs.MORE_RAM;
import static io.realmwright.machine.spec.Specs.ONE_PAGE;
import static io.realmwright.machine.spec.Specs.RAM;
import static io.realmwright.machine.spec.Specs.SIZE;
import static io.realmwright.machine.spec.Specs.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule, with all that is said about what breaks it. */
class RealmSpecRulesTest {
    private static final long PROTECTED_TOP = 1L << 39;
    private static final GuestStep HALT = new GuestStep.Halt();

    private static List<Violation> violations(RealmSpec spec) {
        return RealmSpecRules.check(spec, Specs.STORE);
    }

    private static Violation violation(String field, String message) {
        return new Violation(field, message);
    }

    @Test
    void nothingIsWrongWithAValidSpec() {
        assertThat(violations(Specs.valid())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"31", "49", "0", "-1", "64"})
    void theIpaSpaceHas32To48Bits(int ipaBits) {
        assertThat(violations(Specs.withShape(1, ipaBits)))
                .containsExactly(violation("ipaBits", "must be 32 to 48, not " + ipaBits));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 513})
    void aRealmHas1To512Vcpus(int vcpus) {
        assertThat(violations(Specs.withShape(vcpus, 40)))
                .containsExactly(violation("vcpus", "must be 1 to 512, not " + vcpus));
    }

    @Test
    void aRealmHas1To512Memslots() {
        Memslot[] many = IntStream.range(0, 513)
                .mapToObj(i -> new Memslot(IpaRange.of(BASE + i * SIZE, SIZE), true))
                .toArray(Memslot[]::new);

        assertThat(violations(Specs.withMemslots(new Memslot[0])))
                .containsExactly(violation("memslots", "must be 1 to 512 slots, not 0"));
        assertThat(violations(Specs.withMemslots(many)))
                .containsExactly(violation("memslots", "must be 1 to 512 slots, not 513"));
    }

    @Test
    void aRealmHasAtMost64Images() {
        ImagePlacement[] many = IntStream.range(0, 65)
                .mapToObj(i -> image(ONE_PAGE, BASE + i * 0x1000L))
                .toArray(ImagePlacement[]::new);

        assertThat(violations(Specs.withImages(many)))
                .containsExactly(violation("images", "must be at most 64, not 65"));
    }

    @Test
    void whatIsWrongWithTheShapeIsSaidAtOnceAndBeforeAnythingElse() {
        RealmSpec spec = Specs.withImages(Specs.withShape(0, 20), image(Specs.UNKNOWN, 3));

        assertThat(violations(spec))
                .containsExactly(
                        violation("ipaBits", "must be 32 to 48, not 20"),
                        violation("vcpus", "must be 1 to 512, not 0"));
    }

    @Test
    void memslotsAreGranuleAligned() {
        assertThat(violations(Specs.withMemslots(RAM, IpaRange.of(0x800, 0x1000), IpaRange.of(0x2000, 0x1001))))
                .containsExactly(
                        violation("memslots[1]", "base and size must be multiples of 0x1000: [0x800, 0x1800)"),
                        violation("memslots[2]", "base and size must be multiples of 0x1000: [0x2000, 0x3001)"));
    }

    @Test
    void memslotsLieInTheProtectedHalf() {
        assertThat(violations(Specs.withMemslots(RAM, IpaRange.of(PROTECTED_TOP - 0x1000, 0x1000))))
                .isEmpty();
        assertThat(violations(Specs.withMemslots(RAM, IpaRange.of(PROTECTED_TOP - 0x1000, 0x2000))))
                .containsExactly(violation(
                        "memslots[1]",
                        "[0x7ffffff000, 0x8000001000) must lie in the protected half of the IPA space, below"
                                + " 0x8000000000"));
    }

    @Test
    void memslotsDoNotOverlap() {
        assertThat(violations(Specs.withMemslots(RAM, MORE_RAM))).isEmpty();
        assertThat(violations(Specs.withMemslots(RAM, MORE_RAM, IpaRange.of(BASE + SIZE - 0x1000, 0x2000))))
                .containsExactly(
                        violation(
                                "memslots[2]",
                                "[0x8ffff000, 0x90001000) overlaps memslots[0] [0x80000000, 0x90000000)"),
                        violation(
                                "memslots[2]",
                                "[0x8ffff000, 0x90001000) overlaps memslots[1] [0x90000000, 0xa0000000)"));
    }

    @Test
    void imagesAreKnownAndNotEmpty() {
        RealmSpec spec = Specs.withImages(
                image(KERNEL, BASE), image(Specs.UNKNOWN, BASE + 0x10000), image(Specs.EMPTY, BASE + 0x20000));

        assertThat(violations(spec))
                .containsExactly(
                        violation("images[1].digest", "no image with digest " + Specs.UNKNOWN + " has been uploaded"),
                        violation("images[2].digest", "the image is empty"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x80000800 | must be a multiple of 0x1000: 0x80000800",
                "0x8000000000 | 0x8000000000 is not in the protected half of the IPA space",
                "0x70000000 | 0x70000000 is in no guest_memfd memslot"
            })
    void imagesBeginAtAGranuleOfAProtectedSlot(String ipa, String message) {
        RealmSpec spec = Specs.withImages(image(KERNEL, BASE), image(ONE_PAGE, Long.decode(ipa)));

        assertThat(violations(spec)).containsExactly(violation("images[1].ipa", message));
    }

    @Test
    void sharedMemslotsHoldNoImages() {
        RealmSpec spec = Specs.withImages(
                Specs.withMemslots(new Memslot(RAM, true), new Memslot(MORE_RAM, false)),
                image(KERNEL, BASE),
                image(ONE_PAGE, MORE_RAM.start()));

        assertThat(violations(spec))
                .containsExactly(violation("images[1].ipa", "0x90000000 is in no guest_memfd memslot"));
    }

    @Test
    void anImageEndsInTheSlotWhereItBegins() {
        RealmSpec spec = Specs.withImages(
                Specs.withMemslots(RAM, MORE_RAM), image(KERNEL, BASE), image(KERNEL, BASE + SIZE - 0x7000));

        assertThat(violations(spec))
                .containsExactly(violation(
                        "images[1]",
                        "the image takes [0x8fff9000, 0x90001000) and is larger than its memslot"
                                + " [0x80000000, 0x90000000)"));
    }

    @Test
    void imagesDoNotOverlapNotEvenInTheirLastGranule() {
        assertThat(violations(Specs.withImages(image(KERNEL, BASE), image(ONE_PAGE, BASE + 0x8000))))
                .isEmpty();
        assertThat(violations(Specs.withImages(image(KERNEL, BASE), image(ONE_PAGE, BASE + 0x7000))))
                .containsExactly(violation(
                        "images[1]",
                        "the image takes [0x80007000, 0x80008000) and overlaps another at [0x80000000, 0x80008000)"));
    }

    @Test
    void aProfileHasAnImageToRunFrom() {
        Violation tooSmall =
                violation("guest.profile", "LINUX runs from the first image, which must have at least 8192 bytes");

        assertThat(violations(Specs.withImages())).containsExactly(tooSmall);
        assertThat(violations(Specs.withImages(image(ONE_PAGE, BASE)))).containsExactly(tooSmall);
    }

    @Test
    void aCustomProgramNeedsNoImage() {
        assertThat(violations(Specs.withImages(Specs.running(HALT)))).isEmpty();
    }

    @Test
    void aProgramHas1To10000Steps() {
        Violation wrong = violation("guest.program", "must have 1 to 10000 steps");
        var many = new Guest.Custom(new GuestProgram(Collections.nCopies(10_001, HALT)));

        assertThat(violations(Specs.running())).containsExactly(wrong);
        assertThat(violations(Specs.running(many))).containsExactly(wrong);
    }

    @Test
    void remsAreNumberedFrom1To4() {
        RealmSpec spec = Specs.running(
                new GuestStep.ExtendRem(1, ""),
                new GuestStep.ExtendRem(0, ""),
                new GuestStep.MeasureRipas(5, RAM),
                new GuestStep.MeasureRipas(4, RAM));

        assertThat(violations(spec))
                .containsExactly(
                        violation("guest.program[1].rem", "must be 1 to 4, not 0"),
                        violation("guest.program[2].rem", "must be 1 to 4, not 5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0g", "AB", " 00", "0x00"})
    void aRemIsExtendedByHexadecimalDigits(String value) {
        assertThat(violations(Specs.running(new GuestStep.ExtendRem(1, value))))
                .containsExactly(violation(
                        "guest.program[0].value", "must be at most 64 bytes in lower-case hexadecimal digits"));
    }

    @Test
    void aRemIsExtendedByAtMost64Bytes() {
        assertThat(violations(Specs.running(new GuestStep.ExtendRem(1, "ab".repeat(64)))))
                .isEmpty();
        assertThat(violations(Specs.running(new GuestStep.ExtendRem(1, "ab".repeat(65)))))
                .hasSize(1);
    }

    @Test
    void aHostCallHasA16BitImmediate() {
        Ipa buffer = new Ipa(BASE);
        RealmSpec spec = Specs.running(
                new GuestStep.HostCall(0xffff, buffer),
                new GuestStep.HostCall(0x10000, buffer),
                new GuestStep.HostCall(-1, buffer));

        assertThat(violations(spec))
                .containsExactly(
                        violation("guest.program[1].imm", "must be 0 to 0xffff"),
                        violation("guest.program[2].imm", "must be 0 to 0xffff"));
    }

    @Test
    void aGuestMayTouchWhatItLikes() {
        assertThat(violations(Specs.running(
                        new GuestStep.Touch(Access.FETCH, new Ipa(Long.MAX_VALUE)),
                        new GuestStep.DetectRsi(),
                        new GuestStep.ReadRealmConfig(new Ipa(3)),
                        new GuestStep.DeclareRam(IpaRange.of(1, 1), true),
                        new GuestStep.ReleaseRam(IpaRange.of(1, 1)),
                        new GuestStep.StartSecondaries(new Ipa(1)),
                        new GuestStep.PowerOff())))
                .isEmpty();
    }

    @Test
    void allThatIsWrongIsSaid() {
        RealmSpec spec =
                Specs.withImages(Specs.withMemslots(RAM, RAM), image(Specs.UNKNOWN, BASE), image(ONE_PAGE, BASE + 1));

        assertThat(violations(spec))
                .extracting(Violation::field)
                .containsExactly("memslots[1]", "images[0].digest", "images[1].ipa", "guest.profile");
    }

    private static RealmSpec inTwoSlotsAndASharedOne() {
        return Specs.withMemslots(
                new Memslot(RAM, true),
                new Memslot(MORE_RAM, true),
                new Memslot(IpaRange.of(MORE_RAM.top(), SIZE), false));
    }

    private static List<Violation> violationsOfMode(IpaRange... ranges) {
        var plan = LaunchPlan.of(new RipasMode.DeployerRanges(List.of(ranges)), new RunTimeVerdict.Accept());
        return RealmSpecRules.check(inTwoSlotsAndASharedOne(), plan);
    }

    @Test
    void rangesMayCrossSlotsThatTouch() {
        assertThat(violationsOfMode(IpaRange.of(BASE + SIZE - 0x1000, 0x2000), IpaRange.of(BASE, 0x1000)))
                .isEmpty();
        assertThat(violationsOfMode(IpaRange.of(BASE, 2 * SIZE))).isEmpty();
    }

    @Test
    void rangesStayInsideGuestMemfdSlots() {
        IpaRange before = IpaRange.of(BASE - 0x1000, 0x2000);
        IpaRange intoShared = IpaRange.of(BASE + 2 * SIZE - 0x1000, 0x2000);

        assertThat(violationsOfMode(before, intoShared))
                .containsExactly(
                        violation(
                                "ripasMode.ranges[0]",
                                "[0x7ffff000, 0x80001000) is not inside the guest_memfd memslots"),
                        violation(
                                "ripasMode.ranges[1]",
                                "[0x9ffff000, 0xa0001000) is not inside the guest_memfd memslots"));
    }

    @Test
    void rangesLieInTheProtectedHalf() {
        assertThat(violationsOfMode(IpaRange.of(PROTECTED_TOP, 0x1000)))
                .containsExactly(violation(
                        "ripasMode.ranges[0]",
                        "[0x8000000000, 0x8000001000) is not inside the protected half of the IPA space, below"
                                + " 0x8000000000"));
    }

    @Test
    void rangesAreGranuleAlignedAndDoNotOverlap() {
        assertThat(violationsOfMode(IpaRange.of(BASE, 0x2000), IpaRange.of(BASE + 0x1800, 0x1000)))
                .containsExactly(
                        violation(
                                "ripasMode.ranges[1]",
                                "base and size must be multiples of 0x1000: [0x80001800, 0x80002800)"),
                        violation(
                                "ripasMode.ranges[1]",
                                "[0x80001800, 0x80002800) overlaps ripasMode.ranges[0] [0x80000000, 0x80002000)"));
    }

    @Test
    void aPlanHas1To1024Ranges() {
        IpaRange[] many = IntStream.range(0, 1025)
                .mapToObj(i -> IpaRange.of(BASE + i * 0x1000L, 0x1000))
                .toArray(IpaRange[]::new);

        assertThat(violationsOfMode())
                .containsExactly(violation("ripasMode.ranges", "must be 1 to 1024 ranges, not 0"));
        assertThat(violationsOfMode(many))
                .containsExactly(violation("ripasMode.ranges", "must be 1 to 1024 ranges, not 1025"));
    }

    @Test
    void theSameGoesForTheRangesOfAVerdict() {
        var plan = LaunchPlan.of(
                new RipasMode.GuestDeclares(), new RunTimeVerdict.AcceptRanges(List.of(IpaRange.of(0, 0x1000))));

        assertThat(RealmSpecRules.check(Specs.valid(), plan))
                .containsExactly(
                        violation("verdict.ranges[0]", "[0x0, 0x1000) is not inside the guest_memfd memslots"));
    }

    @Test
    void plansWithoutRangesHaveNothingThatCouldBeWrong() {
        for (RipasMode mode : List.of(new RipasMode.HostAllMemslots(), new RipasMode.GuestDeclares())) {
            for (RunTimeVerdict verdict :
                    List.of(new RunTimeVerdict.Accept(), new RunTimeVerdict.Withhold(), new RunTimeVerdict.Reject())) {
                assertThat(RealmSpecRules.check(Specs.valid(), LaunchPlan.of(mode, verdict)))
                        .isEmpty();
            }
        }
    }
}
