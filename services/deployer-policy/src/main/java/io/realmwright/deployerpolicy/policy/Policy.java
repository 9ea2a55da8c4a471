package io.realmwright.deployerpolicy.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy: a name, its revisions, and the one revision that decides.
 *
 * @param version grows with every change; the ETag
 * @param publishedRevision the revision that decides, null while nothing was published
 */
public record Policy(
        String name,
        long version,
        int latestRevision,
        @Nullable Integer publishedRevision,
        Instant createdAt,
        Instant updatedAt) {
    static Policy created(String name, Instant now) {
        return new Policy(name, 1, 1, null, now, now);
    }

    Policy revised(Instant now) {
        return new Policy(name, version + 1, latestRevision + 1, publishedRevision, createdAt, now);
    }

    Policy published(int revision, Instant now) {
        return new Policy(name, version + 1, latestRevision, revision, createdAt, now);
    }
}
