package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the simulated database holds. Rows are immutable, so a copy of the tables is a snapshot. */
final class Tables {
    final Map<UUID, RealmRow> realms;
    final Map<String, Host> hosts;
    final Map<UUID, Decision> decisions;
    final Map<UUID, Grant> grants;
    final Map<String, Quota> quotas;
    final Map<UUID, Revocation> revocations;
    final Map<TaskKey, TaskRow> tasks;
    final List<Happening> happenings;
    final List<AuditRow> audit;

    Tables() {
        this(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    private Tables(
            Map<UUID, RealmRow> realms,
            Map<String, Host> hosts,
            Map<UUID, Decision> decisions,
            Map<UUID, Grant> grants,
            Map<String, Quota> quotas,
            Map<UUID, Revocation> revocations,
            Map<TaskKey, TaskRow> tasks,
            List<Happening> happenings,
            List<AuditRow> audit) {
        this.realms = realms;
        this.hosts = hosts;
        this.decisions = decisions;
        this.grants = grants;
        this.quotas = quotas;
        this.revocations = revocations;
        this.tasks = tasks;
        this.happenings = happenings;
        this.audit = audit;
    }

    /** A realm with what its row has beside it. */
    record RealmRow(Realm realm, long wishes, int attempts) {}

    /** What an entry of the audit trail tells of. */
    record AuditRow(AuditEvent event, String subject, Map<String, Object> details) {}

    /** Names a task as the scheduler does. */
    record TaskKey(String task, UUID instance) implements Comparable<TaskKey> {
        @Override
        public int compareTo(TaskKey other) {
            int byTask = task.compareTo(other.task);
            return byTask != 0 ? byTask : instance.compareTo(other.instance);
        }
    }

    /** A scheduled task; {@code version} grows whenever it is picked, hastened or put off. */
    record TaskRow(Instant due, @Nullable String pickedBy, Instant heartbeat, int failures, long version) {}

    Tables copy() {
        return new Tables(
                new TreeMap<>(realms),
                new TreeMap<>(hosts),
                new TreeMap<>(decisions),
                new TreeMap<>(grants),
                new TreeMap<>(quotas),
                new TreeMap<>(revocations),
                new TreeMap<>(tasks),
                new ArrayList<>(happenings),
                new ArrayList<>(audit));
    }
}
