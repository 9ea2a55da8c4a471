package io.realmwright.deployerpolicy.quota;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A limit for all realms with a certain label together. What counts is what hosts hold, or may hold, of them.
 *
 * @param realmsMax how many realms; empty if they are not limited
 * @param granulesMax how many granules by their forecasts; empty if they are not limited
 * @param version grows with every change; the ETag
 */
public record Quota(
        String name,
        String labelKey,
        String labelValue,
        OptionalLong realmsMax,
        OptionalLong granulesMax,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    /** What realms with the label hold. */
    public record Usage(long realms, long granules) {}

    public boolean leavesRoomFor(Usage usage, long granules) {
        return (realmsMax.isEmpty() || usage.realms() < realmsMax.getAsLong())
                && (granulesMax.isEmpty() || usage.granules() + granules <= granulesMax.getAsLong());
    }

    /** Why there is no room, in one sentence. */
    public String refusal(Usage usage, long granules) {
        return "Quota %s for %s=%s is used up: %d realms%s with %d granules%s are placed, and this one takes %d more."
                .formatted(
                        name,
                        labelKey,
                        labelValue,
                        usage.realms(),
                        limit(realmsMax),
                        usage.granules(),
                        limit(granulesMax),
                        granules);
    }

    private static String limit(OptionalLong max) {
        return max.isPresent() ? " of " + max.getAsLong() : "";
    }

    Quota changed(Quota to, Instant now) {
        return new Quota(name, to.labelKey, to.labelValue, to.realmsMax, to.granulesMax, version + 1, createdAt, now);
    }
}
