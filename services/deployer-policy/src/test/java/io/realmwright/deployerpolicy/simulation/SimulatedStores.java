package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.audit.AuditEntry;
import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditStore;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.event.EventLog;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.grant.GrantStore;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostLoads;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.host.HostStore;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.quota.QuotaStore;
import io.realmwright.deployerpolicy.quota.QuotaUsage;
import io.realmwright.deployerpolicy.realm.Revocation;
import io.realmwright.deployerpolicy.realm.RevocationStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The smaller stores on the simulated database; {@link SimulatedRealms} has realms and their tasks. */
final class SimulatedStores {
    private SimulatedStores() {}

    record Hosts(SimulatedDatabase database) implements HostStore {
        @Override
        public void insert(Host host) {
            database.tables().hosts.put(host.name(), host);
        }

        @Override
        public void update(Host host) {
            database.tables().hosts.put(host.name(), host);
        }

        @Override
        public void recordStatus(Host host) {
            database.tables().hosts.put(host.name(), host);
        }

        @Override
        public void delete(String name) {
            database.tables().hosts.remove(name);
        }

        @Override
        public Optional<Host> find(String name) {
            return Optional.ofNullable(database.tables().hosts.get(name));
        }

        @Override
        public Optional<Host> lock(String name) {
            return find(name);
        }

        @Override
        public List<Host> list(String afterName, int limit) {
            return all();
        }

        @Override
        public List<Host> all() {
            return List.copyOf(database.tables().hosts.values());
        }
    }

    record Decisions(SimulatedDatabase database) implements DecisionStore {
        @Override
        public void insert(Decision decision) {
            database.tables().decisions.put(decision.id(), decision);
        }

        @Override
        public Optional<Decision> find(UUID id) {
            return Optional.ofNullable(database.tables().decisions.get(id));
        }
    }

    record Grants(SimulatedDatabase database) implements GrantStore {
        @Override
        public void insert(Grant grant) {
            database.tables().grants.put(grant.id(), grant);
        }

        @Override
        public Optional<Grant> find(UUID id) {
            return Optional.ofNullable(database.tables().grants.get(id));
        }
    }

    record Quotas(SimulatedDatabase database) implements QuotaStore {
        @Override
        public boolean insert(Quota quota) {
            return database.tables().quotas.putIfAbsent(quota.name(), quota) == null;
        }

        @Override
        public void update(Quota quota) {
            database.tables().quotas.put(quota.name(), quota);
        }

        @Override
        public void delete(String name) {
            database.tables().quotas.remove(name);
        }

        @Override
        public Optional<Quota> find(String name) {
            return Optional.ofNullable(database.tables().quotas.get(name));
        }

        @Override
        public Optional<Quota> lock(String name) {
            return find(name);
        }

        @Override
        public List<Quota> lockFor(Labels labels) {
            return database.tables().quotas.values().stream()
                    .filter(quota -> quota.labelValue().equals(labels.byKey().get(quota.labelKey())))
                    .toList();
        }

        @Override
        public List<Quota> list(String afterName, int limit) {
            return List.copyOf(database.tables().quotas.values());
        }
    }

    record Revocations(SimulatedDatabase database) implements RevocationStore {
        @Override
        public void insert(Revocation revocation) {
            database.tables().revocations.putIfAbsent(revocation.launch(), revocation);
        }

        @Override
        public Optional<Revocation> find(UUID launch) {
            return Optional.ofNullable(database.tables().revocations.get(launch));
        }

        @Override
        public void failed(UUID launch) {
            database.tables()
                    .revocations
                    .computeIfPresent(
                            launch,
                            (id, row) ->
                                    new Revocation(id, row.host(), row.address(), row.createdAt(), row.attempts() + 1));
        }

        @Override
        public void delete(UUID launch) {
            database.tables().revocations.remove(launch);
        }
    }

    record Events(SimulatedDatabase database) implements EventLog {
        @Override
        public void note(Happening... happenings) {
            database.tables().happenings.addAll(List.of(happenings));
        }
    }

    /** Keeps what is recorded; chaining it is the subject of other tests. */
    record Audit(SimulatedDatabase database) implements AuditStore {
        @Override
        public void add(Instant at, String actor, AuditEvent event, String subject, Map<String, Object> details) {
            database.tables().audit.add(new Tables.AuditRow(event, subject, details));
        }

        @Override
        public boolean tryLockSealing() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void lockSealing() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<AuditEntry.Pending> pending(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seal(List<AuditEntry.Pending> pending, List<AuditEntry> sealed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<AuditEntry.Head> head() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<AuditEntry> list(Filter filter, long afterPosition, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean canRewrite() {
            throw new UnsupportedOperationException();
        }
    }

    record Loads(SimulatedDatabase database) implements HostLoads, QuotaUsage {
        @Override
        public Map<String, Long> realms(Collection<String> hosts) {
            return holding(database.tables()).collect(Collectors.groupingBy(Loads::host, Collectors.counting()));
        }

        @Override
        public Map<String, HostPromise> promises(Collection<Host> hosts) {
            Map<String, Host> byName = hosts.stream().collect(Collectors.toMap(Host::name, Function.identity()));
            return holding(database.tables())
                    .filter(row -> isUnreported(byName, row))
                    .collect(Collectors.toMap(
                            Loads::host,
                            row -> new HostPromise(1, granules(row)),
                            (one, other) ->
                                    new HostPromise(one.realms() + other.realms(), one.granules() + other.granules())));
        }

        private static boolean isUnreported(Map<String, Host> hosts, Tables.RealmRow row) {
            Host host = hosts.get(host(row));
            Instant polledAt = host == null ? null : host.status().polledAt();
            return polledAt != null && row.realm().updatedAt().isAfter(polledAt);
        }

        @Override
        public Quota.Usage of(String labelKey, String labelValue) {
            List<Tables.RealmRow> holding = holding(database.tables())
                    .filter(row -> labelValue.equals(
                            row.realm().request().labels().byKey().get(labelKey)))
                    .toList();
            return new Quota.Usage(
                    holding.size(), holding.stream().mapToLong(Loads::granules).sum());
        }

        private static Stream<Tables.RealmRow> holding(Tables tables) {
            return tables.realms.values().stream()
                    .filter(row -> row.realm().state().needsItsHost());
        }

        private static String host(Tables.RealmRow row) {
            return row.realm().state().lastHost().orElseThrow();
        }

        private static long granules(Tables.RealmRow row) {
            return row.realm().forecast().orElse(null) instanceof Forecast.Ran ran ? ran.granules() : 0;
        }
    }
}
