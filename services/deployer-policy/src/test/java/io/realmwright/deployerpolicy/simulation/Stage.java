package io.realmwright.deployerpolicy.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and activities that take turns: exactly one runs at a time, until it pauses, and which one is next
 * depends on nothing but the seed. An activity is ordinary blocking code on a thread of its own.
 */
final class Stage extends Clock {
    private static final Instant BEGINNING = Instant.parse("2026-11-26T00:00:00Z");
    private static final ThreadLocal<Activity> CURRENT = new ThreadLocal<>();

    private final RandomGenerator random;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Semaphore handover = new Semaphore(0);
    private long nowNanos;
    private long scheduled;
    private long taken;
    private @Nullable Throwable failure;

    Stage(RandomGenerator random) {
        this.random = random;
    }

    /** An activity's next turn. */
    private record Turn(long at, long order, Activity activity) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** The process of an activity was killed. It unwinds like any error, and nobody may hold it up. */
    @SuppressWarnings("serial")
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    /** A process: what runs in it ends or stands still with it. */
    static final class Node {
        final String name;
        private boolean dead;
        private long frozenUntilNanos;

        Node(String name) {
            this.name = name;
        }

        boolean isAlive() {
            return !dead;
        }
    }

    private final class Activity {
        private final Node process;
        private final Runnable body;
        private final Semaphore go = new Semaphore(0);
        private boolean started;

        Activity(Node process, Runnable body) {
            this.process = process;
            this.body = body;
        }

        private void takeTurn() {
            if (started) {
                go.release();
            } else if (process.dead) {
                return;
            } else {
                started = true;
                Thread.ofVirtual().start(this::run);
            }
            handover.acquireUninterruptibly();
        }

        private void run() {
            CURRENT.set(this);
            try {
                body.run();
            } catch (Killed e) {
                // as a process dies: without a word
            } catch (Throwable e) {
                failure = failure == null ? e : failure;
            } finally {
                handover.release();
            }
        }

        private void pause(long nanos) {
            enqueue(nanos, this);
            handover.release();
            go.acquireUninterruptibly();
            if (process.dead) {
                throw new Killed();
            }
        }
    }

    /** Begins an activity after a while. */
    void begin(Node process, Duration after, Runnable body) {
        enqueue(after.toNanos(), new Activity(process, body));
    }

    private void enqueue(long afterNanos, Activity activity) {
        turns.add(new Turn(nowNanos + afterNanos, scheduled++, activity));
    }

    /** Lets others have their turns and virtual time pass. */
    void pause(Duration duration) {
        CURRENT.get().pause(duration.toNanos());
    }

    /** As {@link #pause(Duration)}, for a time drawn by lot. */
    void pauseUpTo(Duration longest) {
        pause(Duration.ofNanos(random.nextLong(longest.toNanos() + 1)));
    }

    /** The process of the activity whose turn it is. */
    Node process() {
        return CURRENT.get().process;
    }

    /** Ends a process; its activities come to know at their next turns. */
    void kill(Node process) {
        process.dead = true;
    }

    /** Lets a process stand still, as SIGSTOP does. */
    void freeze(Node process, Duration duration) {
        process.frozenUntilNanos = nowNanos + duration.toNanos();
    }

    /** Takes turns until virtual time has come this far or nobody has one; throws what an activity threw. */
    void runUntil(Duration end) {
        while (!turns.isEmpty() && turns.peek().at() <= end.toNanos() && failure == null) {
            Turn turn = turns.poll();
            nowNanos = Math.max(nowNanos, turn.at());
            long frozenUntil = turn.activity().process.frozenUntilNanos;
            if (frozenUntil > nowNanos && turn.activity().process.isAlive()) {
                turns.add(new Turn(frozenUntil, turn.order(), turn.activity()));
            } else {
                taken++;
                turn.activity().takeTurn();
            }
        }
        if (failure != null) {
            throw new AssertionError("at " + elapsed() + ": " + failure, failure);
        }
    }

    /** Ends everything that still waits for a turn. */
    void clear() {
        failure = null;
        while (!turns.isEmpty()) {
            Turn turn = turns.poll();
            turn.activity().process.dead = true;
            turn.activity().takeTurn();
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(nowNanos);
    }

    long turnsTaken() {
        return taken;
    }

    @Override
    public Instant instant() {
        return BEGINNING.plusNanos(nowNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
