package io.realmwright.deployerpolicy.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How often each caller may do something. One replica does not know what the others have served. */
final class RateLimit {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LoadingCache<String, Bucket> buckets;

    RateLimit(LimitProperties.Rate rate, int callersMax) {
        // A bucket that nobody has drawn on for so long is full again, and as good as none.
        var full = SECOND.multipliedBy(rate.burst() / rate.perSecond() + 1L);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(callersMax)
                .expireAfterAccess(full)
                .build(_ -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), SECOND))
                        .build());
    }

    /** Draws on what the caller has left. Answers zero, or how long until there is something left again. */
    Duration draw(String caller) {
        var probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
        return Duration.ofNanos(probe.getNanosToWaitForRefill());
    }
}
