package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostLoads;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.quota.QuotaUsage;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What realms hold, added up over their rows. */
@Repository
class JdbcHostLoads implements HostLoads, QuotaUsage {
    private final JdbcClient jdbc;
    private final Json json;

    JdbcHostLoads(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public Map<String, Long> realms(Collection<String> hosts) {
        var realms = new HashMap<String, Long>();
        jdbc.sql("""
                select host, count(*) as realms
                from realm
                where host = any(:hosts) and phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING')
                group by host
                """).param("hosts", hosts.toArray(String[]::new)).query(row -> {
            realms.put(row.getString("host"), row.getLong("realms"));
        });
        return realms;
    }

    /** The oldest poll of a host that takes realms bounds how far back the index has to be read. */
    @Override
    public Map<String, HostPromise> promises(Collection<Host> hosts) {
        List<Host> polled =
                hosts.stream().filter(host -> host.status().polledAt() != null).toList();
        Optional<Instant> oldest = polled.stream()
                .filter(host -> host.state() == Host.State.READY)
                .map(host -> host.status().polledAt())
                .min(Comparator.naturalOrder());
        return oldest.map(since -> promises(polled, since)).orElse(Map.of());
    }

    /** Of a range with two ends PostgreSQL assumes that it is narrow, whatever their values, and so takes the index. */
    private Map<String, HostPromise> promises(List<Host> hosts, Instant since) {
        var promises = new HashMap<String, HostPromise>();
        jdbc.sql("""
                select realm.host, count(*) as realms, coalesce(sum(realm.granules), 0) as granules
                from realm
                join unnest(:hosts::text[], :polledAt::timestamptz[]) as host(name, polled_at) on host.name = realm.host
                where realm.phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING')
                  and realm.updated_at > :since and realm.updated_at < 'infinity'
                  and realm.updated_at > host.polled_at
                group by realm.host
                """)
                .param("hosts", hosts.stream().map(Host::name).toArray(String[]::new))
                .param(
                        "polledAt",
                        hosts.stream()
                                .map(host -> String.valueOf(host.status().polledAt()))
                                .toArray(String[]::new))
                .param("since", Timestamp.from(since))
                .query(row -> {
                    promises.put(
                            row.getString("host"), new HostPromise(row.getLong("realms"), row.getLong("granules")));
                });
        return promises;
    }

    @Override
    public Quota.Usage of(String labelKey, String labelValue) {
        return jdbc.sql("""
                select count(*) as realms, coalesce(sum(granules), 0) as granules
                from realm
                where labels @> :label::jsonb and phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING')
                """)
                .param("label", json.write(Map.of(labelKey, labelValue)))
                .query((row, number) -> new Quota.Usage(row.getLong("realms"), row.getLong("granules")))
                .single();
    }
}
