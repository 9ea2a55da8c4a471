package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Decisions;
import io.realmwright.deployerpolicy.placement.Placement;
import io.realmwright.machine.spec.Violation;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creating realms, and saying what is wanted of them. Others do the work: see {@link Reconciler}. */
@Service
public class Realms {
    /** Together with the reconciler's threads they leave connections to the database for those who only read. */
    private static final int STORED_AT_ONCE = 8;

    /** Whoever waits here for a turn holds no connection, and waits for none, which would be refused after a while. */
    private final Semaphore storing = new Semaphore(STORED_AT_ONCE, true);

    private final RealmStore store;
    private final Deciding deciding;
    private final Decisions decisions;
    private final Settling settling;
    private final RealmRecords records;
    private final RealmWork work;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Realms(
            RealmStore store,
            Deciding deciding,
            Decisions decisions,
            Settling settling,
            RealmRecords records,
            RealmWork work,
            Clock clock,
            Supplier<UUID> ids) {
        this.store = store;
        this.deciding = deciding;
        this.decisions = decisions;
        this.settling = settling;
        this.records = records;
        this.work = work;
        this.clock = clock;
        this.ids = ids;
    }

    /** A realm as a client asks for it. */
    public record Order(Deciding.Question question, RealmRequest.RestartPolicy restartPolicy) {}

    /** What came of an order. Only {@link Created} left a realm, and only it and {@link Denied} left a decision. */
    public sealed interface Creation {
        record Created(Realm realm) implements Creation {}

        /** What would have been created, had it not been a dry run. */
        record Rehearsed(Realm realm, Decision decision) implements Creation {}

        record Denied(Decision decision) implements Creation {}

        record NameTaken(String name) implements Creation {}

        record Invalid(List<Violation> violations) implements Creation {}

        record UnknownImages(List<Violation> violations) implements Creation {}

        record UnknownPolicy(String name) implements Creation {}
    }

    /**
     * Decides about a realm and, if it is not denied, creates it, with a place where there is one. Deciding and looking for
     * places take their time, and no transaction waits for them.
     */
    public Creation create(Order order, boolean dryRun) {
        String name = order.question().realmName();
        if (store.find(name).isPresent()) {
            return new Creation.NameTaken(name);
        }
        return switch (deciding.decide(order.question())) {
            case Deciding.Answer.Invalid(var violations) -> new Creation.Invalid(violations);
            case Deciding.Answer.UnknownImages(var violations) -> new Creation.UnknownImages(violations);
            case Deciding.Answer.UnknownPolicy(var policy) -> new Creation.UnknownPolicy(policy);
            case Deciding.Answer.Decided decided -> dryRun ? rehearse(order, decided) : create(order, decided);
        };
    }

    private Creation create(Order order, Deciding.Answer.Decided decided) {
        return switch (decided.decision().verdict()) {
            case DENY -> {
                decisions.keep(decided);
                yield new Creation.Denied(decided.decision());
            }
            case NO_HOST -> create(realm(order, decided.decision()), decided, Optional.empty());
            case ALLOW -> {
                Realm realm = realm(order, decided.decision());
                yield create(realm, decided, Optional.of(settling.destination(realm, decided.decision())));
            }
        };
    }

    private Creation create(Realm realm, Deciding.Answer.Decided decided, Optional<Destination> destination) {
        storing.acquireUninterruptibly();
        try {
            return records.create(realm, decided, destination)
                    .<Creation>map(Creation.Created::new)
                    .orElseGet(() -> new Creation.NameTaken(realm.request().name()));
        } finally {
            storing.release();
        }
    }

    private Creation rehearse(Order order, Deciding.Answer.Decided decided) {
        Decision decision = decided.decision();
        return switch (decision.verdict()) {
            case DENY -> new Creation.Denied(decision);
            case NO_HOST -> new Creation.Rehearsed(realm(order, decision), decision);
            case ALLOW -> {
                Realm realm = realm(order, decision);
                Placement placement = settling.destination(realm, decision).placement();
                yield new Creation.Rehearsed(realm.placed(decision.id(), placement, now()), decision);
            }
        };
    }

    private Realm realm(Order order, Decision decision) {
        var request = new RealmRequest(
                decision.request().realmName(),
                decision.request().spec(),
                decision.request().labels(),
                decision.request().policy(),
                decision.request().hostSelector(),
                order.restartPolicy());
        Instant now = now();
        return Realm.requested(ids.get(), request, now).decided(decision, now);
    }

    /** What came of saying what is wanted of a realm. Everything but {@link Noted} changed nothing. */
    public sealed interface Wish {
        record Noted(Realm realm) implements Wish {}

        record UnknownRealm(String name) implements Wish {}

        /** It changed since the version that the wish is meant for. */
        record ChangedMeanwhile(String name) implements Wish {}

        /** Whoever deletes a realm has the last word. */
        record Deleting(String name) implements Wish {}
    }

    /**
     * Wants the realm stopped.
     *
     * @param version that the wish is meant for, empty if for any
     */
    @Transactional
    public Wish stop(String name, OptionalLong version) {
        return wish(name, version, (realm, now) -> realm.goal() == Goal.STOP ? realm : realm.aimedAt(Goal.STOP, now));
    }

    /** Wants the realm to run: one that has ended starts over, and so does one that is about to, once it has. */
    @Transactional
    public Wish start(String name, OptionalLong version) {
        return wish(name, version, (realm, now) -> {
            boolean runs = realm.goal() == Goal.RUN && !realm.state().hasEnded();
            return runs ? realm : anew(realm, now);
        });
    }

    /** Wants the realm stopped, if it is not, and launched anew. */
    @Transactional
    public Wish restart(String name, OptionalLong version) {
        return wish(name, version, Realms::anew);
    }

    /**
     * Whatever its host holds of it has to go first. That also goes for a realm that was to be stopped: its host may have
     * torn it down already, and nobody heard the answer.
     */
    private static Realm anew(Realm realm, Instant now) {
        return switch (realm.state()) {
            case RealmState.Launching(var launch) -> realm.makingWay(launch, Outgoing.Reason.RESTART, now);
            case RealmState.Active(var launch, var _) -> realm.makingWay(launch, Outgoing.Reason.RESTART, now);
            case RealmState.Running(var launch, var _) -> realm.makingWay(launch, Outgoing.Reason.RESTART, now);
            case RealmState.Pending(), RealmState.Decided _, RealmState.Placed _ -> realm.aimedAt(Goal.RUN, now);
            case RealmState.Stopped _, RealmState.Denied _, RealmState.Failed _, RealmState.Lost _ ->
                realm.aimedAt(Goal.RUN, now).restarted(now);
        };
    }

    /** Wants the realm gone. */
    @Transactional
    public Wish delete(String name, OptionalLong version) {
        Wish wish = wish(name, version, (realm, now) -> realm.aimedAt(Goal.DELETE, now));
        return wish instanceof Wish.Deleting ? new Wish.Noted(store.find(name).orElseThrow()) : wish;
    }

    private Wish wish(String name, OptionalLong version, Change change) {
        Optional<Realm> found = store.find(name).flatMap(realm -> store.lock(realm.id()));
        if (found.isEmpty()) {
            return new Wish.UnknownRealm(name);
        }
        Realm realm = found.get();
        if (version.isPresent() && version.getAsLong() != realm.version()) {
            return new Wish.ChangedMeanwhile(name);
        }
        if (realm.goal() == Goal.DELETE) {
            return new Wish.Deleting(name);
        }
        Realm changed = records.apply(realm, change);
        work.request(realm.id());
        return new Wish.Noted(changed);
    }

    public Optional<Realm> find(String name) {
        return store.find(name);
    }

    public List<Realm> list(RealmStore.Filter filter, String afterName, int limit) {
        return store.list(filter, afterName, limit);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
