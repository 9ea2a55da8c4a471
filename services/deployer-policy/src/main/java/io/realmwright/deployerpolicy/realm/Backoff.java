package io.realmwright.deployerpolicy.realm;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: each at most twice as long as the one before, up to a bound, and the second half of each by
 * chance, so that those who failed together do not come back together.
 */
final class Backoff {
    private static final int DOUBLINGS_MAX = 30;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /**
     * The pause before the next try.
     *
     * @param failed how many tries failed in a row, at least 1
     */
    Duration after(int failed) {
        long ceiling = first.toNanos() << Math.min(failed - 1, DOUBLINGS_MAX);
        long bounded = ceiling <= 0 ? longest.toNanos() : Math.min(ceiling, longest.toNanos());
        return Duration.ofNanos(bounded / 2 + random.nextLong(bounded / 2 + 1));
    }
}
