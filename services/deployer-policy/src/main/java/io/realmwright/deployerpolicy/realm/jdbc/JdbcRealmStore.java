package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.jdbc.Where;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.realm.Attention;
import io.realmwright.deployerpolicy.realm.Goal;
import io.realmwright.deployerpolicy.realm.Phase;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmStore;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.machine.spec.ImagePlacement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcRealmStore implements RealmStore {
    private static final String SELECT = """
            select id, name, spec, labels, policy, host_selector, restart_policy, goal, phase, decision_id, host,
                   launch_id, boot_id, grant_id, plan, agent_realm, rim, rmi_calls_total, outcome, failure, refused,
                   forecast, conditions, created_at, updated_at, version, generation, observed_generation,
                   outgoing_launch_id, outgoing_reason, wishes, attempts
            from realm
            """;

    private final JdbcClient jdbc;
    private final Json json;
    private final RealmRow rows;
    private final StatusParameters status;

    JdbcRealmStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
        this.rows = new RealmRow(json);
        this.status = new StatusParameters(json);
    }

    @Override
    public boolean insert(Realm realm) {
        int inserted = status.bind(realm, jdbc.sql("""
                insert into realm (id, name, spec, labels, policy, host_selector, restart_policy, goal, phase,
                                   decision_id, host, launch_id, boot_id, grant_id, plan, agent_realm, rim,
                                   rmi_calls_total, outcome, failure, refused, forecast, granules, conditions,
                                   created_at, updated_at, version, generation, observed_generation, outgoing_launch_id,
                                   outgoing_reason)
                values (:id, :name, :spec::jsonb, :labels::jsonb, :policy, :hostSelector::jsonb, :restartPolicy, :goal,
                        :phase, :decisionId::uuid, :host, :launchId::uuid, :bootId::uuid, :grantId::uuid, :plan::jsonb,
                        :agentRealm::uuid, :rim, :rmiCallsTotal, :outcome::jsonb, :failure::jsonb, :refused::jsonb,
                        :forecast::jsonb, :granules, :conditions::jsonb, :createdAt, :updatedAt, :version, :generation,
                        :observedGeneration, :outgoingLaunchId::uuid, :outgoingReason)
                on conflict on constraint realm_name_unique do nothing
                """))
                .param("name", realm.request().name())
                .param("spec", json.write(RealmSpecDocument.of(realm.request().spec())))
                .param("labels", json.write(realm.request().labels().byKey()))
                .param("policy", realm.request().policy().orElse(null))
                .param("hostSelector", json.write(realm.request().hostSelector().byKey()))
                .param("restartPolicy", realm.request().restartPolicy().name())
                .param("createdAt", Timestamp.from(realm.createdAt()))
                .param("version", realm.version())
                .update();
        if (inserted == 1) {
            insertImages(realm);
        }
        return inserted == 1;
    }

    private void insertImages(Realm realm) {
        realm.request().spec().images().stream()
                .map(ImagePlacement::sha256)
                .distinct()
                .forEach(sha256 -> jdbc.sql("insert into realm_image (realm_id, sha256) values (:id, :sha256)")
                        .param("id", realm.id())
                        .param("sha256", sha256)
                        .update());
    }

    @Override
    public boolean update(Realm realm, long versionBefore) {
        int updated = status.bind(realm, jdbc.sql("""
                update realm
                set goal = :goal, phase = :phase, decision_id = :decisionId::uuid, host = :host,
                    launch_id = :launchId::uuid, boot_id = :bootId::uuid, grant_id = :grantId::uuid,
                    plan = :plan::jsonb, agent_realm = :agentRealm::uuid, rim = :rim, rmi_calls_total = :rmiCallsTotal,
                    outcome = :outcome::jsonb, failure = :failure::jsonb, refused = :refused::jsonb,
                    forecast = :forecast::jsonb, granules = :granules,
                    conditions = :conditions::jsonb, updated_at = :updatedAt, version = :version,
                    generation = :generation,
                    observed_generation = greatest(observed_generation, :observedGeneration),
                    outgoing_launch_id = :outgoingLaunchId::uuid, outgoing_reason = :outgoingReason
                where id = :id and version = :versionBefore
                """))
                .param("version", realm.version())
                .param("versionBefore", versionBefore)
                .update();
        return updated == 1;
    }

    @Override
    public Optional<Realm> find(String name) {
        return jdbc.sql(SELECT + "where name = :name")
                .param("name", name)
                .query(rows)
                .optional();
    }

    @Override
    public Optional<Realm> find(UUID id) {
        return jdbc.sql(SELECT + "where id = :id").param("id", id).query(rows).optional();
    }

    @Override
    public Optional<Realm> lock(UUID id) {
        return jdbc.sql(SELECT + "where id = :id for update")
                .param("id", id)
                .query(rows)
                .optional();
    }

    @Override
    public Optional<Realm> lock(Realm seen) {
        Optional<Long> version = jdbc.sql("select version from realm where id = :id for update")
                .param("id", seen.id())
                .query(Long.class)
                .optional();
        return version.flatMap(now -> now == seen.version() ? Optional.of(seen) : find(seen.id()));
    }

    @Override
    public void delete(UUID id) {
        jdbc.sql("delete from realm where id = :id").param("id", id).update();
    }

    @Override
    public void wish(UUID id) {
        jdbc.sql("update realm set wishes = wishes + 1 where id = :id")
                .param("id", id)
                .update();
    }

    @Override
    public Optional<Seen> see(UUID id) {
        return jdbc.sql(SELECT + "where id = :id")
                .param("id", id)
                .query((row, number) -> new Seen(rows.mapRow(row, number), attention(row, number)))
                .optional();
    }

    @Override
    public Optional<Attention> lockAttention(UUID id) {
        return jdbc.sql("select wishes, generation, observed_generation, attempts from realm where id = :id for update")
                .param("id", id)
                .query(JdbcRealmStore::attention)
                .optional();
    }

    private static Attention attention(ResultSet row, int number) throws SQLException {
        return new Attention(
                row.getLong("wishes"),
                row.getLong("generation"),
                row.getLong("observed_generation"),
                row.getInt("attempts"));
    }

    @Override
    public void attended(UUID id, long generation, int attempts) {
        jdbc.sql("update realm set observed_generation = :generation, attempts = :attempts where id = :id")
                .param("id", id)
                .param("generation", generation)
                .param("attempts", attempts)
                .update();
    }

    @Override
    public List<Realm> list(Filter filter, String afterName, int limit) {
        var deleting = filter.phase().filter(Phase.DELETING::equals).map(phase -> Goal.DELETE.name());
        var phase = filter.phase().filter(wanted -> wanted != Phase.DELETING).map(Phase::name);
        var label = filter.label().map(wanted -> json.write(Map.of(wanted.key(), wanted.value())));
        var where = Where.is("name > :afterName", "afterName", afterName)
                .and("goal = :goal", "goal", deleting)
                .and("phase = :phase and goal <> 'DELETE'", "phase", phase)
                .and("host = :host", "host", filter.host())
                .and("labels @> :label::jsonb", "label", label);
        return jdbc.sql(SELECT + where.sql() + "order by name limit :limit")
                .params(where.params())
                .param("limit", limit)
                .query(rows)
                .list();
    }

    @Override
    public List<UUID> waitingForAHost(int limit) {
        return jdbc.sql("""
                select id
                from realm
                where id in (select id
                             from realm
                             where phase in ('PENDING', 'DECIDED') and goal = 'RUN'
                             order by created_at
                             limit :limit)
                order by id
                """).param("limit", limit).query(UUID.class).list();
    }

    @Override
    public List<UUID> retryingOn(String host) {
        return jdbc.sql("""
                select id
                from realm
                where host = :host and phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING') and attempts > 0
                order by id
                """).param("host", host).query(UUID.class).list();
    }

    @Override
    public List<UUID> unobservedSince(Instant before, int limit) {
        return jdbc.sql("""
                select id
                from realm
                where observed_generation < generation and updated_at < :before
                order by updated_at
                limit :limit
                """)
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public List<UUID> on(String host) {
        return jdbc.sql("""
                select id
                from realm
                where host = :host and phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING')
                order by id
                """).param("host", host).query(UUID.class).list();
    }
}
