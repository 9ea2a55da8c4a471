package io.realmwright.deployerpolicy.image;

import java.time.Instant;

/**
 * What is known about a stored image beside its content.
 *
 * @param generated whether the service made it, rather than somebody uploaded it
 */
public record StoredImage(String sha256, long sizeBytes, boolean generated, Instant createdAt) {}
