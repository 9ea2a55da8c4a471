package io.realmwright.machine.guest;

import io.realmwright.machine.guest.GuestStep.Attest;
import io.realmwright.machine.guest.GuestStep.DeclareRam;
import io.realmwright.machine.guest.GuestStep.DetectRsi;
import io.realmwright.machine.guest.GuestStep.HostCall;
import io.realmwright.machine.guest.GuestStep.ReadRealmConfig;
import io.realmwright.machine.guest.GuestStep.StartSecondaries;
import io.realmwright.machine.guest.GuestStep.Touch;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the named profiles out as steps for the memory of a given realm (reference section 12). A guest enters at its
 * first image, keeps its RSI buffers in the second granule of it, and takes all guest_memfd slots for its RAM.
 */
public final class ProfilePrograms {
    /** The unprotected address of a UART, as an offset into the unprotected half: no memslot is there. */
    private static final long UART_OFFSET = 0x0900_0000;

    private final RealmSpec spec;
    private final List<IpaRange> populated;
    private final Ipa entry;
    private final Ipa configBuffer;
    private final Ipa hostCallBuffer;
    private final List<GuestStep> steps = new ArrayList<>();

    private ProfilePrograms(RealmSpec spec, ImageStore images) {
        this.spec = spec;
        this.populated =
                spec.images().stream().map(image -> range(image, images)).toList();
        this.entry = spec.images().getFirst().ipa();
        this.configBuffer = new Ipa(entry.value() + Granule.SIZE_BYTES);
        this.hostCallBuffer = new Ipa(configBuffer.value() + Granule.SIZE_BYTES / 2);
    }

    private static IpaRange range(ImagePlacement image, ImageStore images) {
        int size = images.find(image.sha256()).orElseThrow().length;
        return new IpaRange(image.ipa(), Granule.alignUp(size));
    }

    /** The steps of the guest of a valid spec. */
    public static GuestProgram of(RealmSpec spec, ImageStore images) {
        return switch (spec.guest()) {
            case Guest.Custom(GuestProgram program) -> program;
            case Guest.Profile(GuestProfile profile) -> new ProfilePrograms(spec, images).write(profile);
        };
    }

    private GuestProgram write(GuestProfile profile) {
        switch (profile) {
            case EDK2_LINUX -> {
                firmware();
                declare(ramBesideFirmware());
                buildPageTables();
                kernelDeclares();
            }
            case LINUX_EARLY_RSI -> {
                runFromImage();
                kernelDeclares();
                buildPageTables();
            }
            case LINUX -> {
                runFromImage();
                buildPageTables();
                kernelDeclares();
            }
            case UNAWARE -> {
                runFromImage();
                touchEverySlot();
            }
        }
        if (profile != GuestProfile.UNAWARE) {
            steps.add(new StartSecondaries(entry));
        }
        steps.add(new HostCall(HostCall.BOOT_COMPLETE, hostCallBuffer));
        if (profile != GuestProfile.UNAWARE) {
            steps.add(new Attest(configBuffer));
        }
        return new GuestProgram(steps);
    }

    private void runFromImage() {
        touch(Access.FETCH, entry.value());
        touch(Access.READ, configBuffer.value());
        touch(Access.WRITE, populated.getFirst().top() - Long.BYTES);
    }

    /** EDK2 has its stack and heap inside its own image, and talks to a UART before it knows any memory. */
    private void firmware() {
        runFromImage();
        touch(Access.WRITE, spec.protectedTop() + UART_OFFSET);
        steps.add(new DetectRsi());
        steps.add(new ReadRealmConfig(configBuffer));
    }

    private void kernelDeclares() {
        steps.add(new DetectRsi());
        steps.add(new ReadRealmConfig(configBuffer));
        declare(ram());
    }

    private void declare(List<IpaRange> ranges) {
        ranges.forEach(range -> steps.add(new DeclareRam(range, false)));
    }

    /** The first page-table page: memblock allocates from the top of RAM down. */
    private void buildPageTables() {
        touch(Access.WRITE, highestFreeGranule());
    }

    private void touchEverySlot() {
        for (IpaRange range : ram()) {
            touch(Access.WRITE, range.start());
            touch(Access.WRITE, range.top() - Granule.SIZE_BYTES);
        }
    }

    private List<IpaRange> ram() {
        return spec.guestMemfdSlots().stream()
                .map(Memslot::range)
                .sorted(Comparator.comparing(IpaRange::base))
                .toList();
    }

    private List<IpaRange> ramBesideFirmware() {
        return ram().stream().filter(range -> !range.contains(entry.value())).toList();
    }

    private long highestFreeGranule() {
        for (IpaRange range : ram().reversed()) {
            for (long granule = range.top() - Granule.SIZE_BYTES;
                    granule >= range.start();
                    granule -= Granule.SIZE_BYTES) {
                long candidate = granule;
                if (populated.stream().noneMatch(image -> image.contains(candidate))) {
                    return granule;
                }
            }
        }
        return populated.getFirst().top() - Granule.SIZE_BYTES;
    }

    private void touch(Access access, long ipa) {
        steps.add(new Touch(access, new Ipa(ipa)));
    }
}
