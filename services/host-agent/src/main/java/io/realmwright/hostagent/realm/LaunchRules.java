package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.image.ImageRepository;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.RealmSpecRules;
import io.realmwright.machine.spec.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    List<Violation> unknownImages(LaunchRequest request) {
        var sizes = images.sizes(digests(request));
        var unknown = new ArrayList<Violation>();
        var placements = request.spec().images();
        for (int i = 0; i < placements.size(); i++) {
            if (!sizes.containsKey(placements.get(i).sha256())) {
                unknown.add(new Violation("spec.images[" + i + "].digest", "is not the digest of an image here"));
            }
        }
        return unknown;
    }

    /** The images of a launch, held in memory while it lasts; none if together they are too large. */
    ImageStore load(LaunchRequest request) {
        if (totalBytes(request) > imagesLimitBytes) {
            return ImageStore.empty();
        }
        var loaded = new HashMap<String, Optional<byte[]>>();
        return digest -> loaded.computeIfAbsent(digest, images::find);
    }

    List<Violation> violations(LaunchRequest request, ImageStore loaded) {
        if (totalBytes(request) > imagesLimitBytes) {
            return List.of(new Violation(
                    "spec.images", "must have at most " + imagesLimitBytes + " bytes together on this host"));
        }
        var violations = new ArrayList<Violation>();
        RealmSpecRules.check(request.spec(), loaded).forEach(v -> violations.add(within("spec", v)));
        if (violations.isEmpty()) {
            RealmSpecRules.check(request.spec(), request.plan()).forEach(v -> violations.add(within("plan", v)));
        }
        return violations;
    }

    private long totalBytes(LaunchRequest request) {
        return images.sizes(digests(request)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<String> digests(LaunchRequest request) {
        return request.spec().images().stream()
                .map(ImagePlacement::sha256)
                .distinct()
                .toList();
    }

    private static Violation within(String part, Violation violation) {
        return new Violation(part + "." + violation.field(), violation.message());
    }
}
