package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Decisions;
import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.grant.Grants;
import io.realmwright.deployerpolicy.host.Host;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Records what happens to realms, each in a short transaction of its own. A change is a function of the realm as it is
 * by then, so what others recorded meanwhile is never overwritten; it answers the realm unchanged if it no longer
 * applies.
 */
@Component
class RealmRecords {
    private final RealmStore realms;
    private final Decisions decisions;
    private final RealmWork work;
    private final Grants grants;
    private final Revoking revoking;
    private final Headroom headroom;
    private final Milestones milestones;
    private final Clock clock;

    RealmRecords(
            RealmStore realms,
            Decisions decisions,
            RealmWork work,
            Grants grants,
            Revoking revoking,
            Headroom headroom,
            Milestones milestones,
            Clock clock) {
        this.realms = realms;
        this.decisions = decisions;
        this.work = work;
        this.grants = grants;
        this.revoking = revoking;
        this.headroom = headroom;
        this.milestones = milestones;
        this.clock = clock;
    }

    /**
     * Stores a new realm with its decision, with where it goes if there is such a place by now, and with the wish that
     * somebody works on it. Answers the realm as it is then; empty if its name is taken, and then nothing was stored.
     */
    @Transactional
    Optional<Realm> create(Realm decidedAbout, Deciding.Answer.Decided decided, Optional<Destination> destination) {
        decisions.keep(decided);
        List<Turn> turns = destination
                .map(place -> turns(decidedAbout, placing(decidedAbout, place)))
                .orElse(List.of());
        Realm realm = turns.isEmpty() ? decidedAbout : turns.getLast().after();
        if (!realms.insert(realm)) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return Optional.empty();
        }
        work.begin(realm.id());
        milestones.created(decidedAbout, turns);
        return Optional.of(realm);
    }

    /** Answers the realm as it is afterwards; empty if it is gone. */
    @Transactional
    Optional<Realm> change(UUID id, Change change) {
        return realms.lock(id).map(realm -> apply(realm, change));
    }

    /**
     * The same for whoever works on a realm that was seen before, and who has acted on what was wanted of it then. It has
     * rarely changed since, so it is stored first and looked at only if that fails.
     */
    @Transactional
    Optional<Realm> change(Realm seen, Change... changes) {
        long generation = seen.wanted().generation();
        List<Turn> turns = turns(seen.observed(generation), changes);
        if (!turns.isEmpty() && store(turns)) {
            return Optional.of(turns.getLast().after());
        }
        return realms.lock(seen).map(realm -> apply(realm, turns(realm.observed(generation), changes)));
    }

    /** As {@link #change}, and revokes the launch if that left it behind. */
    @Transactional
    Optional<Realm> giveUp(Realm seen, Launch launch, Change change) {
        return realms.lock(seen).map(before -> {
            Realm after = apply(before, change);
            boolean isLeft = before.state().needsItsHost() && !after.state().needsItsHost();
            if (isLeft) {
                revoking.revoke(launch);
            }
            return after;
        });
    }

    /** Revokes a launch that no realm waits for. */
    @Transactional
    void revoke(UUID launch, Host host) {
        revoking.revoke(launch, host);
    }

    /** Records where a realm goes, if its quotas leave room for it and it is still in the state in which it was seen. */
    @Transactional
    Optional<Realm> place(Realm seen, Destination destination) {
        return realms.lock(seen).map(realm -> {
            boolean isAsSeen = realm.goal() == seen.goal() && realm.state().equals(seen.state());
            return isAsSeen ? apply(realm, placing(realm, destination)) : realm;
        });
    }

    /** What going there makes of the realm. The quotas that leave room for it do so until the transaction ends. */
    private Change[] placing(Realm realm, Destination destination) {
        UUID decisionId = destination.decisionId();
        Optional<String> refusal = headroom.refusal(realm, destination.placement());
        if (refusal.isPresent()) {
            return new Change[] {(current, now) -> current.overQuota(decisionId, refusal.get(), now)};
        }
        Change placing = (current, now) -> current.placed(decisionId, destination.placement(), now);
        return Stream.concat(Stream.of(placing), destination.intent().map(this::launching).stream())
                .toArray(Change[]::new);
    }

    /** Records a decision together with what it changes. */
    @Transactional
    Optional<Realm> decide(Realm seen, Decision decision, Change change) {
        return realms.lock(seen).map(realm -> {
            decisions.keep(decision);
            return apply(realm, change);
        });
    }

    /** Records the intent to launch, with the grant that it needs. Nothing is granted if the realm is no longer placed. */
    @Transactional
    Optional<Realm> intend(Realm seen, Intent intent) {
        return realms.lock(seen).map(realm -> {
            boolean isPlacedThere = realm.goal() == Goal.RUN
                    && realm.state() instanceof RealmState.Placed(var decisionId, var host)
                    && decisionId.equals(intent.order().decisionId())
                    && host.equals(intent.order().host());
            return isPlacedThere ? apply(realm, launching(intent)) : realm;
        });
    }

    private Change launching(Intent intent) {
        return (placed, now) -> {
            Grants.Order order = intent.order();
            Grant grant = grants.issue(order);
            var launch = new Launch(
                    order.launchId(),
                    order.decisionId(),
                    order.host(),
                    intent.machine().bootId(),
                    grant.id(),
                    Grants.bind(order.plan(), intent.machine().profile(), grant));
            return placed.launching(launch, now);
        };
    }

    /** Forgets a realm, if it is still in the state in which it was seen. */
    @Transactional
    void forget(Realm seen) {
        realms.lock(seen)
                .filter(realm -> realm.goal() == Goal.DELETE && realm.state().equals(seen.state()))
                .ifPresent(realm -> {
                    realms.delete(realm.id());
                    milestones.deleted(realm);
                });
    }

    /** Records what becomes of a realm that the caller has locked, one after the other: each is told, the last is stored. */
    @Transactional(propagation = Propagation.MANDATORY)
    Realm apply(Realm realm, Change... changes) {
        return apply(realm, turns(realm, changes));
    }

    private Realm apply(Realm locked, List<Turn> turns) {
        if (turns.isEmpty()) {
            return locked;
        }
        if (!store(turns)) {
            throw new IllegalStateException("a realm changed while it was locked: " + locked.id());
        }
        return turns.getLast().after();
    }

    /** False if the realm is not any more as it was before the first of these turns. */
    private boolean store(List<Turn> turns) {
        boolean isStored =
                realms.update(turns.getLast().after(), turns.getFirst().before().version());
        if (isStored) {
            milestones.changed(turns);
        }
        return isStored;
    }

    /** What each of the changes makes of the realm; nothing for one that changes nothing, or its version would lie. */
    private List<Turn> turns(Realm realm, Change... changes) {
        List<Turn> turns = new ArrayList<>();
        Realm reached = realm;
        for (Change change : changes) {
            Realm changed = change.apply(reached, now());
            if (!changed.equals(reached.updatedAt(changed.updatedAt()))) {
                turns.add(new Turn(reached, changed.nextVersion()));
                reached = turns.getLast().after();
            }
        }
        return turns;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
