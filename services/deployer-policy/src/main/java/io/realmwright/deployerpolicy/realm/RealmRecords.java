package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Decisions;
import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.grant.Grants;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.placement.Placement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

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

    /** Stores a new realm with its decision, and the wish that somebody works on it; false if its name is taken. */
    @Transactional
    boolean create(Realm realm, Deciding.Answer.Decided decided) {
        decisions.keep(decided);
        boolean created = realms.insert(realm);
        if (created) {
            work.request(realm.id());
            milestones.created(realm);
        }
        return created;
    }

    /** Answers the realm as it is afterwards; empty if it is gone. */
    @Transactional
    Optional<Realm> change(UUID id, BiFunction<Realm, Instant, Realm> change) {
        return realms.lock(id).map(realm -> apply(realm, change));
    }

    /** The same for a realm that was seen before. */
    @Transactional
    Optional<Realm> change(Realm seen, BiFunction<Realm, Instant, Realm> change) {
        return realms.lock(seen).map(realm -> apply(realm, change));
    }

    /** As {@link #change}, and revokes the launch if that left it behind. */
    @Transactional
    Optional<Realm> giveUp(Realm seen, Launch launch, BiFunction<Realm, Instant, Realm> change) {
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
    Optional<Realm> place(Realm seen, UUID decisionId, Placement placement) {
        return realms.lock(seen).map(realm -> {
            boolean isAsSeen = realm.goal() == seen.goal() && realm.state().equals(seen.state());
            if (!isAsSeen) {
                return realm;
            }
            Optional<String> refusal = headroom.refusal(realm, placement);
            return apply(
                    realm,
                    (current, now) -> refusal.map(message -> current.overQuota(decisionId, message, now))
                            .orElseGet(() -> current.placed(decisionId, placement, now)));
        });
    }

    /** Records a decision together with what it changes. */
    @Transactional
    Optional<Realm> decide(Realm seen, Decision decision, BiFunction<Realm, Instant, Realm> change) {
        return realms.lock(seen).map(realm -> {
            decisions.keep(decision);
            return apply(realm, change);
        });
    }

    /** Records the intent to launch, with the grant that it needs. Nothing is granted if the realm is no longer placed. */
    @Transactional
    Optional<Realm> intend(Realm seen, Grants.Order order, MachineReport machine) {
        return realms.lock(seen).map(realm -> {
            boolean isPlacedThere = realm.goal() == Goal.RUN
                    && realm.state() instanceof RealmState.Placed(var decisionId, var host)
                    && decisionId.equals(order.decisionId())
                    && host.equals(order.host());
            if (!isPlacedThere) {
                return realm;
            }
            Grant grant = grants.issue(order);
            var launch = new Launch(
                    order.launchId(),
                    order.decisionId(),
                    order.host(),
                    machine.bootId(),
                    grant.id(),
                    Grants.bind(order.plan(), machine.profile(), grant));
            return apply(realm, (placed, now) -> placed.launching(launch, now));
        });
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

    /** Records a change of a realm that the caller has locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    Realm apply(Realm realm, BiFunction<Realm, Instant, Realm> change) {
        Realm changed = change.apply(realm, now());
        if (changed.equals(realm.updatedAt(changed.updatedAt()))) {
            return realm; // nothing new, so that the version tells of real changes only
        }
        Realm stored = realms.update(changed);
        milestones.changed(realm, stored);
        return stored;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
