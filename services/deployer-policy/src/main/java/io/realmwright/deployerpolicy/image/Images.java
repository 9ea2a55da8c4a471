package io.realmwright.deployerpolicy.image;

import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.RealmSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The images that realms are populated with, each kept once under its digest. */
@Service
public class Images {
    private final ImageContents contents;
    private final Clock clock;

    Images(ImageContents contents, Clock clock) {
        this.contents = contents;
        this.clock = clock;
    }

    /** What came of an upload. */
    public enum Upload {
        STORED,
        ALREADY_KNOWN,
        /** The content is not what its digest says; nothing was stored. */
        DIGEST_MISMATCH
    }

    @Transactional
    public Upload upload(String sha256, byte[] content) {
        if (!Sha256.of(content).equals(sha256)) {
            return Upload.DIGEST_MISMATCH;
        }
        return store(sha256, content, false) ? Upload.STORED : Upload.ALREADY_KNOWN;
    }

    private boolean store(String sha256, byte[] content, boolean generated) {
        return contents.put(new StoredImage(sha256, content.length, generated, clock.instant()), content);
    }

    /** What came of a removal. */
    public enum Removal {
        REMOVED,
        UNKNOWN,
        /** A realm names it, and may have to be launched anew. */
        IN_USE
    }

    public Removal remove(String sha256) {
        if (contents.describe(sha256).isEmpty()) {
            return Removal.UNKNOWN;
        }
        boolean removed = !contents.isNamedByARealm(sha256) && contents.delete(sha256);
        return removed ? Removal.REMOVED : Removal.IN_USE;
    }

    public Optional<StoredImage> describe(String sha256) {
        return contents.describe(sha256);
    }

    public Optional<byte[]> content(String sha256) {
        return contents.find(sha256);
    }

    /** A spec whose images all have a digest, and the contents that were made for it. */
    public record Prepared(RealmSpec spec, ImageStore images, Map<String, byte[]> generated) {}

    /** Makes the images that are to be generated, without storing anything. */
    public Prepared prepare(RequestedSpec requested) {
        var generated = new HashMap<String, byte[]>();
        var digests = new HashMap<GeneratedImage, String>();
        var placements = new ArrayList<ImagePlacement>();
        for (RequestedImage image : requested.images()) {
            String sha256 = switch (image) {
                case RequestedImage.Uploaded uploaded -> uploaded.sha256();
                case RequestedImage.Generated made ->
                    digests.computeIfAbsent(made.content(), content -> {
                        byte[] bytes = content.bytes();
                        String digest = Sha256.of(bytes);
                        generated.put(digest, bytes);
                        return digest;
                    });
            };
            placements.add(new ImagePlacement(sha256, image.ipa(), image.measured()));
        }
        return new Prepared(requested.with(placements), reader(generated), generated);
    }

    /** Contents for the length of one piece of work: read once, however often they are asked for. */
    public ImageStore reader() {
        return reader(Map.of());
    }

    private ImageStore reader(Map<String, byte[]> ready) {
        var read = new HashMap<String, Optional<byte[]>>();
        ready.forEach((sha256, content) -> read.put(sha256, Optional.of(content)));
        return sha256 -> read.computeIfAbsent(sha256, contents::find);
    }

    /** Stores the images that were made. */
    @Transactional
    public void keep(Prepared prepared) {
        prepared.generated().forEach((sha256, content) -> store(sha256, content, true));
    }
}
