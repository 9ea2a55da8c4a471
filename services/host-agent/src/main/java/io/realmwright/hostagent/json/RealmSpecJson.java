package io.realmwright.hostagent.json;

import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A realm's spec as JSON. What it holds is read here; whether it makes sense, {@code RealmSpecRules} says. */
public final class RealmSpecJson {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final int IPA_BITS_DEFAULT = 40;

    private RealmSpecJson() {}

    public static RealmSpec read(Fields spec) {
        return new RealmSpec(
                spec.list("memslots", RealmSpec.MAX_MEMSLOTS, RealmSpecJson::readMemslot),
                spec.integer("vcpus", 1, RealmSpec.MAX_VCPUS, 1),
                spec.integer("ipaBits", 32, 48, IPA_BITS_DEFAULT),
                spec.oneOf("hashAlgorithm", HashAlgorithm.class, HashAlgorithm.SHA_256),
                spec.has("images") ? spec.list("images", RealmSpec.MAX_IMAGES, RealmSpecJson::readImage) : List.of(),
                spec.object("guest", GuestJson::read));
    }

    private static Memslot readMemslot(Fields memslot) {
        return new Memslot(Ranges.read(memslot), memslot.bool("guestMemfd", true));
    }

    private static ImagePlacement readImage(Fields image) {
        return new ImagePlacement(
                image.text("digest", SHA_256, "must be a SHA-256 as 64 lower-case hexadecimal digits"),
                new Ipa(image.hex("ipa")),
                image.bool("measured", true));
    }

    /** Writes every property, defaults included. */
    public static ObjectNode write(RealmSpec spec) {
        var json = JsonNodeFactory.instance.objectNode();
        var memslots = json.putArray("memslots");
        spec.memslots()
                .forEach(
                        memslot -> memslots.add(Ranges.write(memslot.range()).put("guestMemfd", memslot.guestMemfd())));
        json.put("vcpus", spec.vcpus())
                .put("ipaBits", spec.ipaBits())
                .put("hashAlgorithm", spec.hashAlgorithm().name());
        var images = json.putArray("images");
        spec.images()
                .forEach(image -> images.addObject()
                        .put("digest", image.sha256())
                        .put("ipa", image.ipa().toString())
                        .put("measured", image.measured()));
        return json.set("guest", GuestJson.write(spec.guest()));
    }
}
