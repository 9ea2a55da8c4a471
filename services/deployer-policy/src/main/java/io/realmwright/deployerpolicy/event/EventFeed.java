package io.realmwright.deployerpolicy.event;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells any number of readers what happens. One thread for each replica publishes, looks for what others published, and
 * keeps the latest events at hand, so that a reader costs the database nothing until it lags far behind.
 */
@Service
public class EventFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final int BATCH = 1_000;
    private static final int AT_HAND = 10_000;
    /** What is noted within so long is published together: to publish takes several statements, however little it is. */
    private static final Duration TOGETHER = Duration.ofMillis(20);

    private final EventStore store;
    private final EventProperties properties;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Semaphore noted = new Semaphore(0);
    private List<Event> atHand = List.of();
    private long last;
    private volatile boolean running;

    EventFeed(EventStore store, EventProperties properties, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** What there is to tell a reader. */
    public sealed interface Reading {
        /** Events in their order; none if nothing happened while the reader was willing to wait. */
        record Events(List<Event> events) implements Reading {}

        /** What the reader asks for is forgotten, or was never given. */
        record Compacted(EventStore.Bounds bounds) implements Reading {}

        /** The service is about to end: ask another replica. */
        record Ended() implements Reading {}
    }

    public EventStore.Bounds bounds() {
        return store.bounds();
    }

    /** Events after this id, waiting for some if there are none yet. */
    public Reading read(long after, Duration patience) {
        List<Event> known = await(after, patience);
        if (!running) {
            return new Reading.Ended();
        }
        if (isContinuation(known, after)) {
            return new Reading.Events(known);
        }
        EventStore.Bounds bounds = store.bounds();
        if (after < bounds.compactedTo() || after > bounds.last()) {
            return new Reading.Compacted(bounds);
        }
        List<Event> stored = store.after(after, BATCH);
        // Compaction may have come between the two looks.
        return isContinuation(stored, after) ? new Reading.Events(stored) : new Reading.Compacted(store.bounds());
    }

    private static boolean isContinuation(List<Event> events, long after) {
        return events.isEmpty() || events.getFirst().id() == after + 1;
    }

    private List<Event> await(long after, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (running && last <= after && left > 0) {
                left = news.awaitNanos(left);
            }
            return atHand.subList(firstAfter(after), atHand.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Ids at hand follow each other without a gap. */
    private int firstAfter(long after) {
        if (atHand.isEmpty()) {
            return 0;
        }
        long index = after + 1 - atHand.getFirst().id();
        return Math.clamp(index, 0, atHand.size());
    }

    /** There is something to publish. */
    @TransactionalEventListener
    void noted(Noted event) {
        noted.release();
    }

    private void pump() {
        while (running) {
            try {
                boolean more = store.publish(BATCH) == BATCH;
                more |= fetch();
                if (!more) {
                    rest();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Events can neither be published nor read. Trying again.", e);
                sleepQuietly();
            }
        }
    }

    /** Waits until something was noted here, or for so long that another replica may have published something. */
    private void rest() throws InterruptedException {
        Thread.sleep(TOGETHER);
        noted.tryAcquire(properties.pollInterval().minus(TOGETHER).toNanos(), TimeUnit.NANOSECONDS);
        noted.drainPermits();
    }

    private void sleepQuietly() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what was published since the last look to hand; answers whether there may be more. */
    private boolean fetch() {
        List<Event> fresh = store.after(last, BATCH);
        if (fresh.isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            var joined = new ArrayList<Event>(isContinuation(fresh, last) ? atHand : List.of());
            joined.addAll(fresh);
            atHand = List.copyOf(joined.subList(Math.max(0, joined.size() - AT_HAND), joined.size()));
            last = fresh.getLast().id();
            news.signalAll();
        } finally {
            lock.unlock();
        }
        return fresh.size() == BATCH;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT10M")
    void compact() {
        int forgotten = store.compact(clock.instant().minus(properties.retention()));
        if (forgotten > 0) {
            LOG.info("Events are old enough to be forgotten. events={}", forgotten);
        }
    }

    @Override
    public void start() {
        last = store.bounds().last();
        running = true;
        // A virtual thread would queue behind all requests, again after each statement that publishing takes.
        Thread.ofPlatform().daemon().name("event-feed").start(this::pump);
    }

    /** Sends the readers away: the web server waits for them before it stops. */
    @Override
    public void stop() {
        running = false;
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
