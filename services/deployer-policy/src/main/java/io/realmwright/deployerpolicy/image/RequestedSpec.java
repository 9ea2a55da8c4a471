package io.realmwright.deployerpolicy.image;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;

/** A realm spec as it was asked for: some of its images may still have to be made. */
public record RequestedSpec(
        List<Memslot> memslots,
        int vcpus,
        int ipaBits,
        HashAlgorithm hashAlgorithm,
        List<RequestedImage> images,
        Guest guest) {
    public RequestedSpec {
        memslots = List.copyOf(memslots);
        images = List.copyOf(images);
    }

    /** The spec once every image has a digest. */
    public RealmSpec with(List<ImagePlacement> placements) {
        return new RealmSpec(memslots, vcpus, ipaBits, hashAlgorithm, placements, guest);
    }
}
