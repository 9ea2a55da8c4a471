package io.realmwright.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a run came to. */
final class Report {
    /** A promise: so soon after the last service answers again, everything is as it should be. */
    static final Duration PROMISED = Duration.ofSeconds(10);

    private final long seed;
    private final Map<Trouble.Kind, Integer> injected = new EnumMap<>(Trouble.Kind.class);
    private final Map<Trouble.Kind, Integer> recovered = new EnumMap<>(Trouble.Kind.class);
    private final List<Duration> recoveries = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int realms;
    private int rounds;
    private long countedLeaks;

    Report(long seed) {
        this.seed = seed;
    }

    void injected(Trouble.Kind kind) {
        injected.merge(kind, 1, Integer::sum);
    }

    /** A round is over, and everything is as it should be so long after the last service answered. */
    void recovered(List<Trouble.Kind> kinds, Duration time) {
        rounds++;
        recoveries.add(time);
        kinds.forEach(kind -> recovered.merge(kind, 1, Integer::sum));
    }

    void broken(String promise) {
        broken.add(promise);
    }

    void realms(int count) {
        realms = count;
    }

    void countedLeaks(long granules) {
        countedLeaks = Math.max(countedLeaks, granules);
    }

    boolean isClean() {
        return broken.isEmpty();
    }

    Map<Trouble.Kind, Integer> injected() {
        return injected;
    }

    String table() {
        var text = new StringBuilder("%n%-24s %9s %10s%n".formatted("fault", "injected", "recovered"));
        injected.forEach((kind, count) ->
                text.append("%-24s %9d %10d%n".formatted(kind, count, recovered.getOrDefault(kind, 0))));
        List<Duration> sorted = recoveries.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            long late =
                    sorted.stream().filter(time -> time.compareTo(PROMISED) > 0).count();
            text.append(
                    "%nrecovery after the last service answers: median %.1f s, slowest %.1f s; %d of %d rounds over %d s%n"
                            .formatted(
                                    seconds(sorted.get(sorted.size() / 2)),
                                    seconds(sorted.getLast()),
                                    late,
                                    sorted.size(),
                                    PROMISED.toSeconds()));
        }
        text.append("%d realms in %d rounds: %d lost, %d leaked, %d duplicated, %d other%n"
                .formatted(realms, rounds, count("lost"), count("leaked"), count("duplicated"), count("other")));
        text.append("granules that machines count as leaked by failed undelegations, at most: %d%n"
                .formatted(countedLeaks));
        broken.forEach(promise -> text.append("  BROKEN  ").append(promise).append('\n'));
        return text.append(isClean() ? "seed " + seed + ": every promise was kept\n" : "seed " + seed + ": FAILED\n")
                .toString();
    }

    private long count(String kind) {
        return broken.stream().filter(promise -> promise.startsWith(kind)).count();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
