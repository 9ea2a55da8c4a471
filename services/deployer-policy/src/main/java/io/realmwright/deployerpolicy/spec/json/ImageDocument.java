package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.image.GeneratedImage;
import io.realmwright.deployerpolicy.image.RequestedImage;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import org.jspecify.annotations.Nullable;

/** An image by its digest, or one to be made. */
record ImageDocument(
        @Nullable String digest,
        @Nullable Generated generated,
        @Nullable String ipa,
        @Nullable Boolean measured) {

    record Generated(@Nullable Long seed, @Nullable String size) {
        GeneratedImage read(Fields fields, String path) {
            long sizeBytes = fields.number(path + ".size", size);
            long wholeSeed = fields.required(path + ".seed", seed, 0L);
            if (size != null
                    && (sizeBytes == 0 || sizeBytes > GeneratedImage.MAX_BYTES || !Granule.isAligned(sizeBytes))) {
                fields.reject(path + ".size", "is a whole number of granules of 0x1000 bytes, at most 0x4000000");
                return new GeneratedImage(0, Granule.SIZE_BYTES);
            }
            return new GeneratedImage(wholeSeed, size == null ? Granule.SIZE_BYTES : (int) sizeBytes);
        }
    }

    static ImageDocument of(ImagePlacement image) {
        return new ImageDocument(image.sha256(), null, image.ipa().toString(), image.measured());
    }

    RequestedImage read(Fields fields, String path) {
        Ipa start = fields.ipa(path + ".ipa", ipa);
        boolean isMeasured = measured == null || measured;
        if (generated != null && digest == null) {
            return new RequestedImage.Generated(generated.read(fields, path + ".generated"), start, isMeasured);
        }
        if (generated != null) {
            fields.reject(path, "has either a digest or is generated, not both");
        }
        return new RequestedImage.Uploaded(fields.sha256(path + ".digest", digest), start, isMeasured);
    }
}
