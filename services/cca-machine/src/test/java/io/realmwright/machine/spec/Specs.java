package io.realmwright.machine.spec;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Realm specs as tests speak of them: one with nothing wrong, and what can be changed about it. */
final class Specs {
    static final long BASE = 0x8000_0000L;
    static final long SIZE = 0x1000_0000L;
    static final IpaRange RAM = IpaRange.of(BASE, SIZE);
    /** Touches {@link #RAM} from above. */
    static final IpaRange MORE_RAM = IpaRange.of(BASE + SIZE, SIZE);

    /** Takes eight granules, the last one not to its end. */
    static final String KERNEL = "7c".repeat(32);

    static final String ONE_PAGE = "01".repeat(32);
    static final String EMPTY = "e0".repeat(32);
    static final String UNKNOWN = "ff".repeat(32);

    private static final Map<String, byte[]> IMAGES =
            Map.of(KERNEL, new byte[0x7801], ONE_PAGE, new byte[0x1000], EMPTY, new byte[0]);

    static final ImageStore STORE = digest -> Optional.ofNullable(IMAGES.get(digest));

    private Specs() {}

    static RealmSpec valid() {
        return new RealmSpec(
                List.of(new Memslot(RAM, true)),
                2,
                40,
                HashAlgorithm.SHA_256,
                List.of(image(KERNEL, BASE)),
                new Guest.Profile(GuestProfile.LINUX));
    }

    static ImagePlacement image(String digest, long ipa) {
        return new ImagePlacement(digest, new Ipa(ipa), true);
    }

    static RealmSpec withMemslots(Memslot... slots) {
        RealmSpec spec = valid();
        return new RealmSpec(
                List.of(slots), spec.vcpus(), spec.ipaBits(), spec.hashAlgorithm(), spec.images(), spec.guest());
    }

    static RealmSpec withMemslots(IpaRange... ranges) {
        Memslot[] slots = new Memslot[ranges.length];
        for (int i = 0; i < ranges.length; i++) {
            slots[i] = new Memslot(ranges[i], true);
        }
        return withMemslots(slots);
    }

    static RealmSpec withShape(int vcpus, int ipaBits) {
        RealmSpec spec = valid();
        return new RealmSpec(spec.memslots(), vcpus, ipaBits, spec.hashAlgorithm(), spec.images(), spec.guest());
    }

    static RealmSpec withImages(ImagePlacement... images) {
        return withImages(valid(), images);
    }

    static RealmSpec withImages(RealmSpec spec, ImagePlacement... images) {
        return new RealmSpec(
                spec.memslots(), spec.vcpus(), spec.ipaBits(), spec.hashAlgorithm(), List.of(images), spec.guest());
    }

    static RealmSpec withHash(HashAlgorithm hash) {
        RealmSpec spec = valid();
        return new RealmSpec(spec.memslots(), spec.vcpus(), spec.ipaBits(), hash, spec.images(), spec.guest());
    }

    static RealmSpec running(Guest guest) {
        RealmSpec spec = valid();
        return new RealmSpec(spec.memslots(), spec.vcpus(), spec.ipaBits(), spec.hashAlgorithm(), spec.images(), guest);
    }

    static RealmSpec running(GuestStep... steps) {
        return running(new Guest.Custom(new GuestProgram(List.of(steps))));
    }
}
