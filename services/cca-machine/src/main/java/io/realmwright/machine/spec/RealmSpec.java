package io.realmwright.machine.spec;

import io.realmwright.machine.guest.Guest;
import java.util.List;

/**
 * A realm as its deployer describes it.
 *
 * @param memslots in slot order
 * @param vcpus number of vCPUs, 1 to {@link #MAX_VCPUS}
 * @param ipaBits width of the IPA space, 32 to 48; its lower half is protected
 * @param guest what runs in it
 */
public record RealmSpec(
        List<Memslot> memslots,
        int vcpus,
        int ipaBits,
        HashAlgorithm hashAlgorithm,
        List<ImagePlacement> images,
        Guest guest) {
    public static final int IPA_BITS_MIN = 32;
    public static final int IPA_BITS_MAX = 48;
    public static final int MAX_VCPUS = 512;
    public static final int MAX_MEMSLOTS = 512;
    public static final int MAX_IMAGES = 64;
    public static final int MAX_RANGES = 1024;

    public RealmSpec {
        memslots = List.copyOf(memslots);
        images = List.copyOf(images);
    }

    /** The first address above the protected half of the IPA space. */
    public long protectedTop() {
        return 1L << (ipaBits - 1);
    }

    /** The slots that can hold protected memory, in slot order. */
    public List<Memslot> guestMemfdSlots() {
        return memslots.stream().filter(Memslot::guestMemfd).toList();
    }
}
