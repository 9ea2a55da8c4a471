package io.realmwright.deployerpolicy.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.label.Labels;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollTurnsTest {
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PollTurns turns = PollTurns.within(INTERVAL);

    @ParameterizedTest
    @CsvSource({"PT0.05S, PT0.05S", "PT0.2S, PT0.1S", "PT2S, PT0.1S", "PT10S, PT0.1S", "PT60S, PT0.6S"})
    void turnsAreNeitherTooManyNorMoreThanAnIntervalApart(Duration interval, Duration pause) {
        assertThat(PollTurns.within(interval).pause()).isEqualTo(pause);
    }

    @Test
    void hostsThatNobodyHasAskedAreAskedAtOnceHoweverMany() {
        List<Host> hosts =
                IntStream.range(0, 1_000).mapToObj(i -> host("h" + i, null)).toList();

        assertThat(turns.next(hosts, hosts.size(), START)).hasSize(1_000);
    }

    @Test
    void aFleetThatWasAskedAtOnceIsAskedInTurnsFromThenOnAndEachHostOnceAnInterval() {
        Map<String, Host> hosts = new TreeMap<>();
        IntStream.range(0, 1_000).forEach(i -> hosts.put("h" + i, host("h" + i, START)));
        Map<String, List<Instant>> asked = new HashMap<>();
        List<Integer> atOnce = new ArrayList<>();

        Instant now = START;
        for (int turn = 0; turn < 500; turn++) {
            now = now.plus(turns.pause());
            Instant present = now;
            List<Host> next = turns.next(List.copyOf(hosts.values()), hosts.size(), present);
            atOnce.add(next.size());
            next.forEach(host -> {
                hosts.put(host.name(), host(host.name(), present));
                asked.computeIfAbsent(host.name(), name -> new ArrayList<>()).add(present);
            });
        }

        assertThat(atOnce.stream().max(Comparator.naturalOrder())).hasValue(10);
        assertThat(asked).hasSize(1_000);
        assertThat(asked.values()).allSatisfy(times -> {
            assertThat(times).hasSizeBetween(3, 5);
            for (int i = 1; i < times.size(); i++) {
                assertThat(Duration.between(times.get(i - 1), times.get(i)))
                        .isBetween(INTERVAL.minus(turns.pause()), INTERVAL.plus(turns.pause()));
            }
        });
    }

    @Test
    void whoWasAskedLongestAgoComesFirstAndWhoIsNotDueNotAtAll() {
        Host late = host("late", START.minusSeconds(20));
        Host later = host("later", START.minusSeconds(30));
        Host recent = host("recent", START.minusSeconds(5));

        assertThat(turns.next(List.of(late, recent, later), 200, START)).containsExactly(later, late);
        assertThat(turns.next(List.of(late, recent, later), 3, START)).containsExactly(later);
    }

    private static Host host(String name, @Nullable Instant polledAt) {
        var address = new Host.Address(URI.create("http://localhost"), "m0", name);
        Host registered = Host.registered(name, address, Labels.NONE, Host.Origin.API, START);
        return polledAt == null
                ? registered
                : registered.with(
                        new Host.Status(Host.Reason.UNREACHABLE, "as a test says", null, polledAt, null, START, false));
    }
}
