package io.realmwright.machine.spec;

import java.util.Optional;

/** Where the bytes of images come from. */
@FunctionalInterface
public interface ImageStore {
    /** The bytes whose SHA-256 is {@code sha256}, never modified by the caller; empty if there are none. */
    Optional<byte[]> find(String sha256);

    static ImageStore empty() {
        return digest -> Optional.empty();
    }
}
