package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.image.RequestedImage;
import io.realmwright.deployerpolicy.image.RequestedSpec;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A realm spec as JSON; the same document in requests, in answers, in the database and towards an agent. */
public record RealmSpecDocument(
        @Nullable List<@Nullable MemslotDocument> memslots,
        @Nullable Integer vcpus,
        @Nullable Integer ipaBits,
        @Nullable String hashAlgorithm,
        @Nullable List<@Nullable ImageDocument> images,
        @Nullable GuestDocument guest) {
    private static final int DEFAULT_IPA_BITS = 40;
    private static final int MIN_IPA_BITS = 32;
    private static final int MAX_IPA_BITS = 48;
    private static final Guest PLACEHOLDER = new Guest.Profile(GuestProfile.UNAWARE);

    public static RealmSpecDocument of(RealmSpec spec) {
        return new RealmSpecDocument(
                spec.memslots().stream().map(MemslotDocument::of).toList(),
                spec.vcpus(),
                spec.ipaBits(),
                spec.hashAlgorithm().name(),
                spec.images().stream().map(ImageDocument::of).toList(),
                GuestDocument.of(spec.guest()));
    }

    /** What was asked for; its form is checked here, its meaning by the rules of the machine. */
    public RequestedSpec read(Fields fields, String path) {
        return new RequestedSpec(
                fields.nonEmptyList(
                        path + ".memslots", memslots, RealmSpec.MAX_MEMSLOTS, (slot, at) -> slot.read(fields, at)),
                fields.integer(path + ".vcpus", vcpus, 1, 1, RealmSpec.MAX_VCPUS),
                fields.integer(path + ".ipaBits", ipaBits, DEFAULT_IPA_BITS, MIN_IPA_BITS, MAX_IPA_BITS),
                hashAlgorithm == null
                        ? HashAlgorithm.SHA_256
                        : fields.constant(path + ".hashAlgorithm", hashAlgorithm, HashAlgorithm.class),
                fields.list(path + ".images", images, RealmSpec.MAX_IMAGES, (image, at) -> image.read(fields, at)),
                guest == null
                        ? fields.required(path + ".guest", null, PLACEHOLDER)
                        : guest.read(fields, path + ".guest"));
    }

    /** A spec that this service wrote itself, so every image has its digest. */
    public RealmSpec readStored() {
        var fields = new Fields();
        RequestedSpec requested = read(fields, "spec");
        fields.throwIfAny();
        return new RealmSpec(
                requested.memslots(),
                requested.vcpus(),
                requested.ipaBits(),
                requested.hashAlgorithm(),
                requested.images().stream().map(RealmSpecDocument::placement).toList(),
                requested.guest());
    }

    private static ImagePlacement placement(RequestedImage image) {
        return switch (image) {
            case RequestedImage.Uploaded(var sha256, var ipa, var measured) ->
                new ImagePlacement(sha256, ipa, measured);
            case RequestedImage.Generated _ -> throw new IllegalStateException("a stored spec names images by digest");
        };
    }
}
