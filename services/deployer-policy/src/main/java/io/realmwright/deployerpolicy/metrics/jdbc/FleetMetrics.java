package io.realmwright.deployerpolicy.metrics.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.realm.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts of what is stored. All of them come from one query, which is asked at most once in a while however often, and by
 * however many, they are read. Every replica tells the same.
 */
@Component
class FleetMetrics implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(FleetMetrics.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final List<String> TASKS = List.of("reconcile-realm", "revoke-launch");

    private static final String QUERY = """
            select 'phase' as what, case when goal = 'DELETE' then 'DELETING' else phase end as which, count(*)::float8 as n
            from realm
            group by 2
            union all
            select 'host',
                   case when status_reason <> 'POLLED' then case when gone then 'GONE' else 'NOT_READY' end
                        when draining then 'DRAINING'
                        when cordoned then 'CORDONED'
                        else 'READY' end,
                   count(*)
            from host
            group by 2
            union all
            select 'due', task_name, count(*)
            from scheduled_tasks
            where execution_time <= now() and not picked
            group by 2
            union all
            select 'oldest', task_name, extract(epoch from now() - min(execution_time))
            from scheduled_tasks
            where execution_time <= now() and not picked
            group by 2
            union all
            select 'unsealed', '', coalesce(extract(epoch from now() - min(at)), 0)
            from audit_pending
            """;

    private record Key(String what, String which) {}

    private record Look(Instant at, Map<Key, Double> counts, boolean isKnown) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private Look last = new Look(Instant.EPOCH, Map.of(), false);

    FleetMetrics(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Phase phase : Phase.values()) {
            gauge("realmwright.realms", "phase", phase.name())
                    .description("Realms by phase.")
                    .tag("phase", phase.name())
                    .register(registry);
        }
        for (Host.State state : Host.State.values()) {
            gauge("realmwright.hosts", "host", state.name())
                    .description("Registered hosts by state.")
                    .tag("state", state.name())
                    .register(registry);
        }
        for (String task : TASKS) {
            gauge("realmwright.tasks.due", "due", task)
                    .description("Durable work that is due and that nobody has taken up yet.")
                    .tag("task", task)
                    .register(registry);
            gauge("realmwright.tasks.oldest.due", "oldest", task)
                    .description("For how long the oldest of it has been due.")
                    .baseUnit("seconds")
                    .tag("task", task)
                    .register(registry);
        }
        gauge("realmwright.audit.seal.lag", "unsealed", "")
                .description("Age of the oldest entry of the audit trail that is not chained yet.")
                .baseUnit("seconds")
                .register(registry);
    }

    private Gauge.Builder<FleetMetrics> gauge(String name, String what, String which) {
        return Gauge.builder(name, this, metrics -> metrics.value(new Key(what, which)));
    }

    private synchronized double value(Key key) {
        if (clock.instant().isAfter(last.at().plus(FRESH))) {
            last = look();
        }
        return last.isKnown() ? last.counts().getOrDefault(key, 0.0) : Double.NaN;
    }

    private Look look() {
        try {
            Map<Key, Double> counts = new HashMap<>();
            jdbc.sql(QUERY)
                    .query((row, number) ->
                            counts.put(new Key(row.getString("what"), row.getString("which")), row.getDouble("n")))
                    .list();
            return new Look(clock.instant(), counts, true);
        } catch (DataAccessException e) {
            LOG.warn("What is stored cannot be counted.", e);
            return new Look(clock.instant(), Map.of(), false);
        }
    }
}
