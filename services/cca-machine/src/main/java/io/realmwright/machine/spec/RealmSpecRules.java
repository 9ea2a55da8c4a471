package io.realmwright.machine.spec;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules that a realm spec and a launch plan obey before they reach a machine. */
public final class RealmSpecRules {
    /** A profile keeps its RSI buffers in the second granule of its first image. */
    private static final int PROFILE_IMAGE_BYTES_MIN = 2 * Granule.SIZE_BYTES;

    private final List<Violation> violations = new ArrayList<>();

    private RealmSpecRules() {}

    /** Everything wrong with {@code spec}; empty if nothing is. An image that {@code images} lacks is a violation. */
    public static List<Violation> check(RealmSpec spec, ImageStore images) {
        var rules = new RealmSpecRules();
        rules.checkShape(spec);
        if (rules.violations.isEmpty()) {
            rules.checkMemslots(spec);
            rules.checkImages(spec, images);
            rules.checkGuest(spec, images);
        }
        return List.copyOf(rules.violations);
    }

    /** Everything wrong with the ranges of {@code plan} for a valid {@code spec}; empty if nothing is. */
    public static List<Violation> check(RealmSpec spec, LaunchPlan plan) {
        var rules = new RealmSpecRules();
        if (plan.mode() instanceof RipasMode.DeployerRanges(List<IpaRange> ranges)) {
            rules.checkRanges("ripasMode.ranges", ranges, spec);
        }
        if (plan.verdict() instanceof RunTimeVerdict.AcceptRanges(List<IpaRange> ranges)) {
            rules.checkRanges("verdict.ranges", ranges, spec);
        }
        return List.copyOf(rules.violations);
    }

    private void violated(String field, String message) {
        violations.add(new Violation(field, message));
    }

    private void checkShape(RealmSpec spec) {
        if (spec.ipaBits() < RealmSpec.IPA_BITS_MIN || spec.ipaBits() > RealmSpec.IPA_BITS_MAX) {
            violated(
                    "ipaBits",
                    "must be " + RealmSpec.IPA_BITS_MIN + " to " + RealmSpec.IPA_BITS_MAX + ", not " + spec.ipaBits());
        }
        if (spec.vcpus() < 1 || spec.vcpus() > RealmSpec.MAX_VCPUS) {
            violated("vcpus", "must be 1 to " + RealmSpec.MAX_VCPUS + ", not " + spec.vcpus());
        }
        if (spec.memslots().isEmpty() || spec.memslots().size() > RealmSpec.MAX_MEMSLOTS) {
            violated(
                    "memslots",
                    "must be 1 to " + RealmSpec.MAX_MEMSLOTS + " slots, not "
                            + spec.memslots().size());
        }
        if (spec.images().size() > RealmSpec.MAX_IMAGES) {
            violated(
                    "images",
                    "must be at most " + RealmSpec.MAX_IMAGES + ", not "
                            + spec.images().size());
        }
    }

    private void checkMemslots(RealmSpec spec) {
        List<Memslot> slots = spec.memslots();
        for (int i = 0; i < slots.size(); i++) {
            IpaRange range = slots.get(i).range();
            String field = "memslots[" + i + "]";
            if (!range.isGranuleAligned()) {
                violated(field, "base and size must be multiples of 0x1000: " + range);
            }
            if (range.top() > spec.protectedTop()) {
                violated(
                        field,
                        range + " must lie in the protected half of the IPA space, below 0x"
                                + Long.toHexString(spec.protectedTop()));
            }
            for (int j = 0; j < i; j++) {
                if (range.overlaps(slots.get(j).range())) {
                    violated(
                            field,
                            range + " overlaps memslots[" + j + "] "
                                    + slots.get(j).range());
                }
            }
        }
    }

    private void checkImages(RealmSpec spec, ImageStore images) {
        List<IpaRange> placed = new ArrayList<>();
        for (int i = 0; i < spec.images().size(); i++) {
            ImagePlacement image = spec.images().get(i);
            String field = "images[" + i + "]";
            Optional<byte[]> bytes = images.find(image.sha256());
            if (bytes.isEmpty()) {
                violated(field + ".digest", "no image with digest " + image.sha256() + " has been uploaded");
            } else if (bytes.get().length == 0) {
                violated(field + ".digest", "the image is empty");
            } else {
                placeImage(spec, field, image, bytes.get().length, placed);
            }
        }
    }

    private void placeImage(RealmSpec spec, String field, ImagePlacement image, int sizeBytes, List<IpaRange> placed) {
        if (!Granule.isAligned(image.ipa().value())) {
            violated(field + ".ipa", "must be a multiple of 0x1000: " + image.ipa());
            return;
        }
        if (image.ipa().value() >= spec.protectedTop()) {
            violated(field + ".ipa", image.ipa() + " is not in the protected half of the IPA space");
            return;
        }
        var range = new IpaRange(image.ipa(), Granule.alignUp(sizeBytes));
        Optional<Memslot> slot = slotOf(spec, range.start());
        if (slot.isEmpty()) {
            violated(field + ".ipa", image.ipa() + " is in no guest_memfd memslot");
        } else if (!slot.get().range().contains(range)) {
            violated(
                    field,
                    "the image takes " + range + " and is larger than its memslot "
                            + slot.get().range());
        }
        placed.stream()
                .filter(range::overlaps)
                .forEach(other -> violated(field, "the image takes " + range + " and overlaps another at " + other));
        placed.add(range);
    }

    private static Optional<Memslot> slotOf(RealmSpec spec, long ipa) {
        return spec.guestMemfdSlots().stream()
                .filter(slot -> slot.range().contains(ipa))
                .findFirst();
    }

    private void checkGuest(RealmSpec spec, ImageStore images) {
        switch (spec.guest()) {
            case Guest.Profile(var profile) -> {
                boolean hasRoom = !spec.images().isEmpty()
                        && images.find(spec.images().getFirst().sha256())
                                .filter(bytes -> bytes.length >= PROFILE_IMAGE_BYTES_MIN)
                                .isPresent();
                if (!hasRoom) {
                    violated(
                            "guest.profile",
                            profile + " runs from the first image, which must have at least " + PROFILE_IMAGE_BYTES_MIN
                                    + " bytes");
                }
            }
            case Guest.Custom(GuestProgram program) -> checkProgram(program);
        }
    }

    private void checkProgram(GuestProgram program) {
        if (program.steps().isEmpty() || program.steps().size() > GuestProgram.MAX_STEPS) {
            violated("guest.program", "must have 1 to " + GuestProgram.MAX_STEPS + " steps");
        }
        for (int i = 0; i < program.steps().size(); i++) {
            String field = "guest.program[" + i + "]";
            switch (program.steps().get(i)) {
                case GuestStep.ExtendRem(int rem, String value) -> {
                    checkRem(field, rem);
                    if (!value.matches("([0-9a-f]{2}){0,64}")) {
                        violated(field + ".value", "must be at most 64 bytes in lower-case hexadecimal digits");
                    }
                }
                case GuestStep.MeasureRipas(int rem, IpaRange range) -> checkRem(field, rem);
                case GuestStep.HostCall(int imm, Ipa buffer)
                when imm < 0 || imm > 0xffff -> violated(field + ".imm", "must be 0 to 0xffff");
                case GuestStep.Attest(Ipa page) -> {
                    if (!Granule.isAligned(page.value())) {
                        violated(field + ".page", "must be a multiple of 0x1000: " + page);
                    }
                    if (i != program.steps().size() - 1) {
                        violated(field, "serves challenges for ever, so no step can follow it");
                    }
                }
                default -> {}
            }
        }
    }

    private void checkRem(String field, int rem) {
        if (rem < 1 || rem > 4) {
            violated(field + ".rem", "must be 1 to 4, not " + rem);
        }
    }

    private void checkRanges(String field, List<IpaRange> ranges, RealmSpec spec) {
        if (ranges.isEmpty() || ranges.size() > RealmSpec.MAX_RANGES) {
            violated(field, "must be 1 to " + RealmSpec.MAX_RANGES + " ranges, not " + ranges.size());
            return;
        }
        for (int i = 0; i < ranges.size(); i++) {
            IpaRange range = ranges.get(i);
            String element = field + "[" + i + "]";
            if (!range.isGranuleAligned()) {
                violated(element, "base and size must be multiples of 0x1000: " + range);
            }
            if (range.top() > spec.protectedTop()) {
                violated(
                        element,
                        range + " is not inside the protected half of the IPA space, below 0x"
                                + Long.toHexString(spec.protectedTop()));
            } else if (!isInGuestMemfd(spec, range)) {
                violated(element, range + " is not inside the guest_memfd memslots");
            }
            for (int j = 0; j < i; j++) {
                if (range.overlaps(ranges.get(j))) {
                    violated(element, range + " overlaps " + field + "[" + j + "] " + ranges.get(j));
                }
            }
        }
    }

    /** A range may cross slots that touch each other. */
    private static boolean isInGuestMemfd(RealmSpec spec, IpaRange range) {
        long covered = range.start();
        while (covered < range.top()) {
            Optional<Memslot> slot = slotOf(spec, covered);
            if (slot.isEmpty()) {
                return false;
            }
            covered = slot.get().range().top();
        }
        return true;
    }
}
