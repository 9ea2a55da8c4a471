package io.realmwright.deployerpolicy.realm;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Works on one realm at a time: steps until nothing is to be done at once, and then says when to come back. */
@Component
public class RealmWorker {
    private static final int STEPS_MAX = 100; // a realm that finds no rest makes way for others

    private final Reconciler reconciler;
    private final RealmStore realms;
    private final Backoff backoff;

    RealmWorker(Reconciler reconciler, RealmStore realms, RealmProperties properties, RandomGenerator random) {
        this.reconciler = reconciler;
        this.realms = realms;
        this.backoff = new Backoff(properties.retryInterval(), properties.retryIntervalMax(), random);
    }

    /**
     * What came of working on a realm.
     *
     * @param seen what there was to keep in mind when somebody last looked; empty if the realm is gone
     */
    public record Visit(UUID realm, Optional<Attention> seen, Next next) {}

    /** Takes steps. Calls agents, so it belongs in no transaction. */
    public Visit visit(UUID realm) {
        Optional<Attention> seen = Optional.empty();
        Next next = new Next.Again();
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            switch (next) {
                case Next.Again() -> {
                    Optional<RealmStore.Seen> found = realms.see(realm);
                    seen = found.map(RealmStore.Seen::attention);
                    next = found.map(RealmStore.Seen::realm)
                            .map(reconciler::step)
                            .orElseGet(Next.Settled::new);
                }
                case Next.Onward(Realm recorded) -> next = reconciler.step(recorded);
                case Next.Retry _, Next.Later _, Next.Settled _ -> {
                    return new Visit(realm, seen, next);
                }
            }
        }
        return new Visit(realm, seen, next);
    }

    /**
     * Ends a visit in the transaction that sets the time of the next one. A wish that was made meanwhile is not lost: it
     * holds the same row.
     *
     * @return when to come back; empty if nothing is to be done until somebody wishes it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Duration> leave(Visit visit) {
        Optional<Attention> found = realms.lockAttention(visit.realm());
        if (found.isEmpty() || visit.seen().isEmpty()) {
            return Optional.empty(); // the realm is gone
        }
        Attention now = found.get();
        Attention seen = visit.seen().get();
        int attempts = visit.next() instanceof Next.Retry ? now.attempts() + 1 : 0;
        if (attempts != now.attempts() || seen.generation() > now.observedGeneration()) {
            realms.attended(visit.realm(), Math.max(seen.generation(), now.observedGeneration()), attempts);
        }
        if (now.wishes() != seen.wishes()) {
            return Optional.of(Duration.ZERO);
        }
        return switch (visit.next()) {
            case Next.Again(), Next.Onward _ -> Optional.of(Duration.ZERO);
            case Next.Retry() -> Optional.of(backoff.after(attempts));
            case Next.Later(Duration pause) -> Optional.of(pause);
            case Next.Settled() -> Optional.empty();
        };
    }

    /** How long to wait after a visit that broke off, most likely because the database is away. */
    public Duration pauseAfterFailure(int failuresInARow) {
        return backoff.after(failuresInARow);
    }
}
