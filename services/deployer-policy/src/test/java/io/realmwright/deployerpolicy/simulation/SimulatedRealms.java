package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.realm.Attention;
import io.realmwright.deployerpolicy.realm.Goal;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmState;
import io.realmwright.deployerpolicy.realm.RealmStore;
import io.realmwright.deployerpolicy.realm.RealmWork;
import io.realmwright.deployerpolicy.realm.Wanted;
import io.realmwright.deployerpolicy.simulation.Tables.RealmRow;
import io.realmwright.deployerpolicy.simulation.Tables.TaskKey;
import io.realmwright.deployerpolicy.simulation.Tables.TaskRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Realms and their tasks on the simulated database. */
final class SimulatedRealms implements RealmStore, RealmWork {
    static final String RECONCILE = "reconcile";
    static final String REVOKE = "revoke";

    private final SimulatedDatabase database;
    private final Clock clock;

    SimulatedRealms(SimulatedDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean insert(Realm realm) {
        Tables tables = database.tables();
        boolean taken = tables.realms.values().stream()
                .anyMatch(row ->
                        row.realm().request().name().equals(realm.request().name()));
        if (!taken) {
            tables.realms.put(realm.id(), new RealmRow(realm, 0, 0));
        }
        return !taken;
    }

    @Override
    public Optional<Realm> find(String name) {
        return rows().map(RealmRow::realm)
                .filter(realm -> realm.request().name().equals(name))
                .findFirst();
    }

    @Override
    public Optional<Realm> find(UUID id) {
        return Optional.ofNullable(database.tables().realms.get(id)).map(RealmRow::realm);
    }

    @Override
    public Optional<Realm> lock(UUID id) {
        return find(id);
    }

    @Override
    public Optional<Realm> lock(Realm seen) {
        return find(seen.id());
    }

    @Override
    public boolean update(Realm realm, long versionBefore) {
        RealmRow row = database.tables().realms.get(realm.id());
        if (row == null || row.realm().version() != versionBefore) {
            return false;
        }
        long observed = Math.max(
                row.realm().wanted().observedGeneration(), realm.wanted().observedGeneration());
        database.tables().realms.put(realm.id(), new RealmRow(observed(realm, observed), row.wishes(), row.attempts()));
        return true;
    }

    @Override
    public void delete(UUID id) {
        database.tables().realms.remove(id);
    }

    @Override
    public void wish(UUID id) {
        database.tables()
                .realms
                .computeIfPresent(id, (same, row) -> new RealmRow(row.realm(), row.wishes() + 1, row.attempts()));
    }

    @Override
    public Optional<Seen> see(UUID id) {
        return Optional.ofNullable(database.tables().realms.get(id)).map(row -> new Seen(row.realm(), attention(row)));
    }

    @Override
    public Optional<Attention> lockAttention(UUID id) {
        return see(id).map(Seen::attention);
    }

    private static Attention attention(RealmRow row) {
        Wanted wanted = row.realm().wanted();
        return new Attention(row.wishes(), wanted.generation(), wanted.observedGeneration(), row.attempts());
    }

    @Override
    public void attended(UUID id, long generation, int attempts) {
        database.tables()
                .realms
                .computeIfPresent(
                        id, (same, row) -> new RealmRow(observed(row.realm(), generation), row.wishes(), attempts));
    }

    private static Realm observed(Realm realm, long generation) {
        Wanted wanted = realm.wanted();
        return new Realm(
                realm.id(),
                realm.request(),
                new Wanted(wanted.goal(), wanted.outgoing(), wanted.generation(), generation),
                realm.state(),
                realm.refused(),
                realm.forecast(),
                realm.conditions(),
                realm.createdAt(),
                realm.updatedAt(),
                realm.version());
    }

    @Override
    public List<Realm> list(Filter filter, String afterName, int limit) {
        return rows().map(RealmRow::realm).toList();
    }

    @Override
    public List<UUID> waitingForAHost(int limit) {
        return rows().filter(row -> row.realm().goal() == Goal.RUN)
                .filter(row -> row.realm().state() instanceof RealmState.Pending
                        || row.realm().state() instanceof RealmState.Decided)
                .sorted(Comparator.comparing(row -> row.realm().createdAt()))
                .limit(limit)
                .map(row -> row.realm().id())
                .toList();
    }

    @Override
    public List<UUID> on(String host) {
        return onHost(host, row -> true);
    }

    @Override
    public List<UUID> retryingOn(String host) {
        return onHost(host, row -> row.attempts() > 0);
    }

    private List<UUID> onHost(String host, Predicate<RealmRow> condition) {
        return rows().filter(row -> row.realm().state().needsItsHost())
                .filter(row ->
                        row.realm().state().lastHost().filter(host::equals).isPresent())
                .filter(condition)
                .map(row -> row.realm().id())
                .toList();
    }

    @Override
    public List<UUID> unobservedSince(Instant before, int limit) {
        return rows().map(RealmRow::realm)
                .filter(realm ->
                        realm.wanted().observedGeneration() < realm.wanted().generation()
                                && realm.updatedAt().isBefore(before))
                .map(Realm::id)
                .limit(limit)
                .toList();
    }

    private Stream<RealmRow> rows() {
        return List.copyOf(database.tables().realms.values()).stream();
    }

    @Override
    public void begin(UUID realm) {
        schedule(new TaskKey(RECONCILE, realm));
    }

    @Override
    public void request(UUID realm) {
        wish(realm);
        schedule(new TaskKey(RECONCILE, realm));
    }

    @Override
    public void requestRevocation(UUID launch) {
        schedule(new TaskKey(REVOKE, launch));
    }

    /** A task that is picked stays as it is: whoever works on it compares wishes when he leaves. */
    private void schedule(TaskKey key) {
        Instant now = clock.instant();
        database.tables()
                .tasks
                .merge(
                        key,
                        new TaskRow(now, null, now, 0, 0),
                        (present, fresh) -> present.pickedBy() == null
                                ? new TaskRow(now, null, now, present.failures(), present.version() + 1)
                                : present);
    }
}
