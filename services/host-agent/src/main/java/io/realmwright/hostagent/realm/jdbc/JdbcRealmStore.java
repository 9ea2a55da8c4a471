package io.realmwright.hostagent.realm.jdbc;

import io.realmwright.hostagent.grant.Grant;
import io.realmwright.hostagent.json.LaunchPlanJson;
import io.realmwright.hostagent.json.OutcomeJson;
import io.realmwright.hostagent.json.RealmSpecJson;
import io.realmwright.hostagent.machine.TraceChunk;
import io.realmwright.hostagent.realm.CompletedStep;
import io.realmwright.hostagent.realm.LaunchFailure;
import io.realmwright.hostagent.realm.LaunchIntent;
import io.realmwright.hostagent.realm.Progress;
import io.realmwright.hostagent.realm.Realm;
import io.realmwright.hostagent.realm.RealmStore;
import io.realmwright.machine.host.Outcome;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import tools.jackson.databind.node.JsonNodeFactory;

/** Every change of a realm names the states it may be in, so a change that is offered again finds no row. */
@Repository
class JdbcRealmStore implements RealmStore {
    /** What a realm is read from. */
    private static final String COLUMNS = """
            realm.*,
            coalesce((select jsonb_agg(jsonb_build_object('step', step, 'rmiCalls', launch_step.rmi_calls,
                                                          'completedAt', completed_at)
                                       order by launch_step.position)
                      from launch_step
                      where launch_step.realm_id = realm.id), '[]') as steps
            """;

    private static final String REALM = "select " + COLUMNS + "from realm ";

    private final JdbcClient jdbc;
    private final RealmRows rows;
    private final RealmTraces traces;

    JdbcRealmStore(JdbcClient jdbc, RealmRows rows, RealmTraces traces) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.traces = traces;
    }

    @Override
    @Transactional
    public Beginning begin(LaunchIntent intent) {
        if (isRevoked(intent.request().launchId())) {
            return Beginning.LAUNCH_REVOKED;
        }
        if (insertRealm(intent) == 0) {
            return Beginning.LAUNCH_ID_USED;
        }
        if (intent.grant() != null && insertUsedGrant(intent, intent.grant()) == 0) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return Beginning.GRANT_USED;
        }
        return Beginning.BEGUN;
    }

    private boolean isRevoked(UUID launchId) {
        return jdbc.sql("select exists (select from revoked_launch where launch_id = :launchId)")
                .param("launchId", launchId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void revoke(UUID launchId, String machine, Instant at) {
        jdbc.sql("""
                        insert into revoked_launch (launch_id, machine, revoked_at)
                        values (:launchId, :machine, :at)
                        on conflict (launch_id) do nothing
                        """)
                .param("launchId", launchId)
                .param("machine", machine)
                .param("at", Timestamp.from(at))
                .update();
    }

    private int insertRealm(LaunchIntent intent) {
        var request = intent.request();
        return jdbc.sql("""
                        insert into realm (id, launch_id, name, machine, boot_id, state, spec, plan, grant_jws,
                                           created_at, updated_at)
                        values (:id, :launchId, :name, :machine, :bootId, 'LAUNCHING', :spec::jsonb, :plan::jsonb,
                                :grant, :at, :at)
                        on conflict (launch_id) do nothing
                        """)
                .param("id", intent.realmId())
                .param("launchId", request.launchId())
                .param("name", request.name())
                .param("machine", intent.machine())
                .param("bootId", intent.bootId())
                .param("spec", RealmSpecJson.write(request.spec()).toString())
                .param("plan", LaunchPlanJson.write(request.plan()).toString())
                .param("grant", request.grant())
                .param("at", Timestamp.from(intent.at()))
                .update();
    }

    private int insertUsedGrant(LaunchIntent intent, Grant grant) {
        return jdbc.sql("""
                        insert into used_grant (grant_id, launch_id, decision_id, policy_digest, expires_at, used_at)
                        values (:grantId, :launchId, :decisionId, :policyDigest, :expiresAt, :at)
                        on conflict (grant_id) do nothing
                        """)
                .param("grantId", grant.id())
                .param("launchId", intent.request().launchId())
                .param("decisionId", grant.decisionId())
                .param("policyDigest", grant.policyDigest())
                .param("expiresAt", Timestamp.from(grant.expiresAt()))
                .param("at", Timestamp.from(intent.at()))
                .update();
    }

    @Override
    @Transactional
    public void withdraw(UUID realmId) {
        jdbc.sql("""
                        delete from used_grant
                        where launch_id in (select launch_id from realm where id = :id and state = 'LAUNCHING')
                        """).param("id", realmId).update();
        jdbc.sql("delete from realm where id = :id and state = 'LAUNCHING'")
                .param("id", realmId)
                .update();
    }

    @Override
    public void stepsCompleted(UUID realmId, List<CompletedStep> steps) {
        jdbc.sql("""
                        insert into launch_step (realm_id, step, rmi_calls, completed_at)
                        select realm.id, done.step, done.rmi_calls, done.completed_at
                        from realm,
                             unnest(:steps::text[], :rmiCalls::bigint[], :completedAt::timestamptz[])
                               with ordinality as done(step, rmi_calls, completed_at, place)
                        where realm.id = :realmId and realm.state = 'LAUNCHING'
                        order by done.place
                        on conflict (realm_id, step) do nothing
                        """)
                .param("realmId", realmId)
                .param("steps", steps.stream().map(step -> step.step().name()).toArray(String[]::new))
                .param("rmiCalls", steps.stream().map(CompletedStep::rmiCalls).toArray(Long[]::new))
                .param(
                        "completedAt",
                        steps.stream()
                                .map(step -> step.completedAt().toString())
                                .toArray(String[]::new))
                .update();
    }

    @Override
    @Transactional
    public Realm launched(Progress progress, String rim) {
        return advance(progress, """
                        update realm
                        set state = 'ACTIVE', rim = :rim, rmi_calls = :rmiCalls::jsonb,
                            leaked_granules = leaked_granules + :leaked, updated_at = :at
                        where id = :id and state = 'LAUNCHING'
                        """, Map.of("rim", rim));
    }

    @Override
    @Transactional
    public Realm failed(Progress progress, LaunchFailure failure) {
        return advance(
                progress, """
                        update realm
                        set state = 'FAILED', failure = :failure::jsonb, rmi_calls = :rmiCalls::jsonb,
                            leaked_granules = leaked_granules + :leaked, updated_at = :at
                        where id = :id and state = 'LAUNCHING'
                        """, Map.of("failure", FailureJson.write(failure).toString()));
    }

    @Override
    public void running(UUID realmId, Instant at) {
        jdbc.sql("update realm set state = 'RUNNING', updated_at = :at where id = :id and state = 'ACTIVE'")
                .param("id", realmId)
                .param("at", Timestamp.from(at))
                .update();
    }

    @Override
    @Transactional
    public Realm ran(Progress progress, Outcome outcome) {
        return advance(
                progress, """
                        update realm
                        set outcome = :outcome::jsonb, rmi_calls = :rmiCalls::jsonb,
                            leaked_granules = leaked_granules + :leaked, updated_at = :at
                        where id = :id and state = 'RUNNING'
                          and (outcome is null
                               or (outcome ->> 'kind' = 'BOOTED' and rmi_calls is distinct from :rmiCalls::jsonb))
                        """, Map.of("outcome", OutcomeJson.write(outcome).toString()));
    }

    @Override
    @Transactional
    public Realm stopped(Progress progress) {
        return advance(progress, """
                        update realm
                        set state = 'STOPPED', rmi_calls = :rmiCalls::jsonb,
                            leaked_granules = leaked_granules + :leaked, updated_at = :at
                        where id = :id and state in ('ACTIVE', 'RUNNING')
                        """, Map.of());
    }

    /** Whatever a realm does makes RMI calls: with the same counts it has been recorded before. */
    @Override
    @Transactional
    public Realm progressed(Progress progress) {
        return advance(progress, """
                        update realm
                        set rmi_calls = :rmiCalls::jsonb,
                            leaked_granules = leaked_granules + :leaked, updated_at = :at
                        where id = :id and rmi_calls is distinct from :rmiCalls::jsonb
                        """, Map.of());
    }

    private Realm advance(Progress progress, String change, Map<String, String> more) {
        Optional<Realm> changed = jdbc.sql(change + "returning " + COLUMNS)
                .params(more)
                .param("id", progress.realmId())
                .param("rmiCalls", counts(progress.rmiCalls()))
                .param("leaked", progress.leakedGranules())
                .param("at", Timestamp.from(progress.at()))
                .query((row, _) -> rows.realm(row))
                .optional();
        if (changed.isPresent() && progress.trace().lines() > 0) {
            traces.append(progress.realmId(), progress.trace());
        }
        return changed.or(() -> find(progress.realmId())).orElseThrow();
    }

    private static String counts(SortedMap<String, Long> counts) {
        var json = JsonNodeFactory.instance.objectNode();
        counts.forEach(json::put);
        return json.toString();
    }

    @Override
    public Optional<Realm> find(String machine, UUID realmId) {
        return jdbc.sql(REALM + "where realm.id = :id and realm.machine = :machine")
                .param("id", realmId)
                .param("machine", machine)
                .query((row, _) -> rows.realm(row))
                .optional();
    }

    private Optional<Realm> find(UUID realmId) {
        return jdbc.sql(REALM + "where realm.id = :id")
                .param("id", realmId)
                .query((row, _) -> rows.realm(row))
                .optional();
    }

    @Override
    public Optional<Realm> findByLaunchId(UUID launchId) {
        return jdbc.sql(REALM + "where realm.launch_id = :launchId")
                .param("launchId", launchId)
                .query((row, _) -> rows.realm(row))
                .optional();
    }

    @Override
    public List<Positioned> page(String machine, long after, int size) {
        return jdbc.sql(REALM + """
                        where realm.machine = :machine and realm.position > :after
                        order by realm.position
                        limit :size
                        """)
                .param("machine", machine)
                .param("after", after)
                .param("size", size)
                .query((row, _) -> new Positioned(row.getLong("position"), rows.realm(row)))
                .list();
    }

    @Override
    public byte[] trace(UUID realmId) {
        return traces.of(realmId);
    }

    @Override
    public int expireTraces(Instant before, TraceChunk note) {
        return traces.expire(before, note);
    }
}
