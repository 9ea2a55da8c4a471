package io.realmwright.deployerpolicy.image;

import io.realmwright.machine.spec.Granule;

/**
 * An example image: its 64-bit little-endian word i is {@code seed + i * 0x9E3779B97F4A7C15}.
 *
 * @param sizeBytes a positive multiple of the granule, at most {@link #MAX_BYTES}
 */
public record GeneratedImage(long seed, int sizeBytes) {
    public static final int MAX_BYTES = 64 << 20;

    public GeneratedImage {
        if (sizeBytes <= 0 || sizeBytes > MAX_BYTES || !Granule.isAligned(sizeBytes)) {
            throw new IllegalArgumentException("a generated image has whole granules, at most 64 MiB: " + sizeBytes);
        }
    }

    public byte[] bytes() {
        return io.realmwright.machine.host.GeneratedImage.of(seed, sizeBytes);
    }
}
