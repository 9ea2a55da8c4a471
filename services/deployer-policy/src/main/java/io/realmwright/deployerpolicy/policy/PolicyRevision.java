package io.realmwright.deployerpolicy.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a policy, immutable.
 *
 * @param number from 1
 * @param digest SHA-256 of its content, 64 lower-case hexadecimal digits
 * @param author who wrote it
 * @param publishedAt when it was published last, null if never
 */
public record PolicyRevision(
        String policy,
        int number,
        String digest,
        PolicyContent content,
        String author,
        Instant createdAt,
        @Nullable Instant publishedAt) {}
