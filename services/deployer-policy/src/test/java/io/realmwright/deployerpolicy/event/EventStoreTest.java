package io.realmwright.deployerpolicy.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The stream against transactions that end in another order than they begin, on real PostgreSQL. */
class EventStoreTest extends ServiceTest {
    private static final int WRITERS = 4;
    private static final int EACH = 50;

    @Autowired
    private EventStore store;

    @Autowired
    private EventLog log;

    @Autowired
    private PlatformTransactionManager manager;

    @Test
    void whatWasNotedFirstAndCommittedLastComesLastAndIsNotMissed() throws Exception {
        var transactions = new TransactionTemplate(manager);
        long start = store.bounds().last();
        var noted = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> transactions.executeWithoutResult(status -> {
                log.note(happening("slow"));
                noted.countDown();
                await(release);
            }));
            noted.await();
            transactions.executeWithoutResult(status -> log.note(happening("fast")));
            awaitNames(start, List.of("fast"));
            long seen = store.bounds().last();

            release.countDown();
            slow.get();

            awaitNames(seen, List.of("slow"));
            awaitNames(start, List.of("fast", "slow"));
        }
    }

    @Test
    void whatWasRolledBackNeverHappened() {
        var transactions = new TransactionTemplate(manager);
        long start = store.bounds().last();
        transactions.executeWithoutResult(status -> {
            log.note(happening("never"));
            status.setRollbackOnly();
        });
        transactions.executeWithoutResult(status -> log.note(happening("after")));

        awaitNames(start, List.of("after"));
    }

    @Test
    void manyWritersAndPublishersGiveEveryEventOneIdWithoutAGap() throws Exception {
        var transactions = new TransactionTemplate(manager);
        long start = store.bounds().last();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "writer-" + writer;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < EACH; i++) {
                        int number = i;
                        transactions.executeWithoutResult(status -> log.note(happening(name + "-" + number)));
                        store.publish(7);
                    }
                }));
            }
            for (var writer : running) {
                writer.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        while (ours(start).size() < WRITERS * EACH) {
            store.publish(100);
        }

        List<Event> all = store.after(start, 10_000);
        assertThat(all.stream().map(Event::id).toList())
                .isEqualTo(LongStream.rangeClosed(start + 1, start + all.size())
                        .boxed()
                        .toList());
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = "writer-" + writer + "-";
            assertThat(ours(start).stream().filter(name -> name.startsWith(prefix)))
                    .as("what one writer did comes in the order in which he did it")
                    .containsExactly(
                            IntStream.range(0, EACH).mapToObj(i -> prefix + i).toArray(String[]::new));
        }
    }

    private List<String> ours(long start) {
        return store.after(start, 10_000).stream()
                .map(event -> event.happening().name())
                .filter(name -> name.matches("slow|fast|never|after|writer-.*"))
                .toList();
    }

    private void awaitNames(long start, List<String> names) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> ours(start).equals(names));
    }

    private static Happening happening(String name) {
        return new Happening(
                Happening.Subject.REALM,
                name,
                Happening.Change.CHANGED,
                "RUNNING",
                Optional.of("BOOTED"),
                1,
                Instant.EPOCH.truncatedTo(ChronoUnit.MICROS));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
