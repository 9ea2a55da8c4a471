package io.realmwright.deployerpolicy.host;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Whose turn it is to be asked. All hosts have theirs within the interval, and the turns are spread over it: a large fleet
 * that is asked all at once holds up everybody else for as long as that takes.
 *
 * @param interval how often each host is asked
 * @param pause between two turns
 */
record PollTurns(Duration interval, Duration pause) {
    private static final int TURNS_MAX = 100;
    /** Each turn looks at all hosts, so there are not too many. */
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);

    static PollTurns within(Duration interval) {
        Duration share = interval.dividedBy(TURNS_MAX);
        Duration pause = share.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : share;
        return new PollTurns(interval, pause.compareTo(interval) < 0 ? pause : interval);
    }

    /**
     * Every host that nobody has asked yet; and of those that are due the ones that were asked longest ago, no more than
     * there are turns for.
     *
     * @param free hosts of which nobody awaits an answer
     * @param count how many hosts there are
     */
    List<Host> next(List<Host> free, int count, Instant now) {
        Instant due = now.minus(interval).plus(pause);
        List<Host> owing = free.stream()
                .filter(host -> polledAt(host).isBefore(due))
                .sorted(Comparator.comparing(PollTurns::polledAt))
                .toList();
        long fresh =
                owing.stream().filter(host -> host.status().polledAt() == null).count();
        return owing.stream().limit(Math.max(fresh, share(count))).toList();
    }

    private long share(int count) {
        return Math.ceilDiv(count * pause.toNanos(), interval.toNanos());
    }

    private static Instant polledAt(Host host) {
        return Objects.requireNonNullElse(host.status().polledAt(), Instant.EPOCH);
    }
}
