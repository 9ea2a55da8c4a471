package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.image.ImageRepository;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RealmSpecRules;
import io.realmwright.machine.spec.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold before a launch begins: the machine's rules, and ours about images. */
public final class LaunchRules {
    private final ImageRepository images;
    private final long imagesLimitBytes;

    /** @param imagesLimitBytes how much the images of one realm may have together */
    public LaunchRules(ImageRepository images, long imagesLimitBytes) {
        this.images = images;
        this.imagesLimitBytes = imagesLimitBytes;
    }

    /** A violation for every placement whose image is not here. */
    List<Violation> unknownImages(RealmSpec spec, Map<String, Long> sizes) {
        var unknown = new ArrayList<Violation>();
        for (int i = 0; i < spec.images().size(); i++) {
            if (!sizes.containsKey(spec.images().get(i).sha256())) {
                unknown.add(new Violation("spec.images[" + i + "].digest", "is not the digest of an image here"));
            }
        }
        return unknown;
    }

    /** A violation if the images of one realm are too large together. */
    List<Violation> tooLargeImages(Map<String, Long> sizes) {
        long total = sizes.values().stream().mapToLong(Long::longValue).sum();
        return total <= imagesLimitBytes
                ? List.of()
                : List.of(new Violation(
                        "spec.images", "must have at most " + imagesLimitBytes + " bytes together on this host"));
    }

    /** The sizes of those images of a spec that are here, by digest. */
    Map<String, Long> sizes(RealmSpec spec) {
        return images.sizes(
                spec.images().stream().map(ImagePlacement::sha256).distinct().toList());
    }

    /** The images, each loaded once and held in memory for as long as this store is. */
    ImageStore load() {
        var loaded = new HashMap<String, Optional<byte[]>>();
        return digest -> loaded.computeIfAbsent(digest, images::find);
    }

    /** What the machine's rules say about spec and plan, as paths in the request. */
    static List<Violation> violations(LaunchRequest request, ImageStore images) {
        var violations = new ArrayList<Violation>();
        RealmSpecRules.check(request.spec(), images).forEach(v -> violations.add(within("spec", v)));
        if (violations.isEmpty()) {
            RealmSpecRules.check(request.spec(), request.plan()).forEach(v -> violations.add(within("plan", v)));
        }
        return violations;
    }

    private static Violation within(String part, Violation violation) {
        return new Violation(part + "." + violation.field(), violation.message());
    }
}
