package io.realmwright.hostagent.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.OptionalLong;

/** Takes images in, and only under the name that their contents give them. */
public final class Images {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ImageRepository repository;
    private final long limitBytes;
    private final Clock clock;

    /** @param limitBytes the largest image that is taken in */
    public Images(ImageRepository repository, long limitBytes, Clock clock) {
        this.repository = repository;
        this.limitBytes = limitBytes;
        this.clock = clock;
    }

    public long limitBytes() {
        return limitBytes;
    }

    /**
     * Takes an image in. It goes through a file, so that neither memory nor a transaction is held while a slow sender
     * sends.
     *
     * @throws IOException if the body breaks off
     */
    public Upload put(String sha256, InputStream body) throws IOException {
        var spool = Files.createTempFile("realmwright-image-", null);
        try {
            var digest = sha256();
            long size = spool(new DigestInputStream(body, digest), spool);
            if (size > limitBytes) {
                return new Upload.TooLarge();
            }
            var actual = HexFormat.of().formatHex(digest.digest());
            return actual.equals(sha256) ? keep(sha256, size, spool) : new Upload.OtherDigest(actual);
        } finally {
            Files.delete(spool);
        }
    }

    /** Reads at most one buffer more than the limit. */
    private long spool(InputStream body, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var buffer = new byte[BUFFER_BYTES];
            long size = 0;
            int read;
            while (size <= limitBytes && (read = body.read(buffer)) >= 0) {
                out.write(buffer, 0, read);
                size += read;
            }
            return size;
        }
    }

    private Upload keep(String sha256, long size, Path spool) throws IOException {
        if (size == 0) {
            return new Upload.Empty();
        }
        try (var bytes = Files.newInputStream(spool)) {
            return new Upload.Kept(size, repository.add(sha256, size, bytes, clock.instant()));
        }
    }

    /** The size of an image in bytes, empty if it is not here. */
    public OptionalLong size(String sha256) {
        return repository.size(sha256);
    }

    /**
     * Writes the bytes of an image, none if it is not here.
     *
     * @throws IOException if {@code target} cannot be written
     */
    public void copy(String sha256, OutputStream target) throws IOException {
        repository.copy(sha256, target);
    }

    public void remove(String sha256) {
        repository.remove(sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What came of an upload. Unless it is {@link Kept}, nothing has changed. */
    public sealed interface Upload {
        /**
         * The image is here.
         *
         * @param sizeBytes size of the image
         * @param isNew false if it was here already
         */
        record Kept(long sizeBytes, boolean isNew) implements Upload {}

        /**
         * The body is another image.
         *
         * @param actual the digest that it has
         */
        record OtherDigest(String actual) implements Upload {}

        record TooLarge() implements Upload {}

        record Empty() implements Upload {}
    }
}
