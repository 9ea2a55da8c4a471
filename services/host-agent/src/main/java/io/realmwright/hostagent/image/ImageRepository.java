package io.realmwright.hostagent.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where images are kept, named by their SHA-256 as 64 lower-case hexadecimal digits. */
public interface ImageRepository {
    /**
     * Keeps an image whose digest has been verified.
     *
     * @return whether it is new
     * @throws IOException if {@code bytes} cannot be read
     */
    boolean add(String sha256, long sizeBytes, InputStream bytes, Instant at) throws IOException;

    /** The whole image in memory. */
    Optional<byte[]> find(String sha256);

    /**
     * Writes the bytes of an image, none if it is not here.
     *
     * @throws IOException if {@code target} cannot be written
     */
    void copy(String sha256, OutputStream target) throws IOException;

    /** The size of an image in bytes, empty if it is not here. */
    OptionalLong size(String sha256);

    /** The sizes in bytes of those images that are here. */
    Map<String, Long> sizes(List<String> digests);

    /** Realms that were populated from the image keep what they have. Removing an unknown image changes nothing. */
    void remove(String sha256);
}
