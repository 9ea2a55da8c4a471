package io.realmwright.deployerpolicy.image;

import io.realmwright.machine.spec.ImageStore;
import java.util.Optional;

/** Where images are kept. */
public interface ImageContents extends ImageStore {
    /** Stores the content under its digest; false if it was there already. */
    boolean put(StoredImage image, byte[] content);

    Optional<StoredImage> describe(String sha256);

    /** False if a realm names it; then it is still there. */
    boolean delete(String sha256);

    /** Whether a realm names it. */
    boolean isNamedByARealm(String sha256);
}
