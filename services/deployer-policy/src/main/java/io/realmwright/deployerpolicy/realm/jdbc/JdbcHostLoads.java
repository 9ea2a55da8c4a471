package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.host.HostLoads;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.quota.QuotaUsage;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    /** The oldest poll of a host that answers bounds how far back the index has to be read. */
    @Override
    public Map<String, HostPromise> promises(Collection<String> hosts) {
        var promises = new HashMap<String, HostPromise>();
        jdbc.sql("""
                with oldest as (
                  select min(polled_at) as polled_at
                  from host
                  where status_reason = 'POLLED' and not cordoned and name = any(:hosts)
                )
                select realm.host, count(*) as realms, coalesce(sum(realm.granules), 0) as granules
                from realm join host on host.name = realm.host
                where realm.phase in ('PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING')
                  and realm.updated_at > (select polled_at from oldest)
                  and realm.updated_at > host.polled_at
                  and host.name = any(:hosts)
                group by realm.host
                """).param("hosts", hosts.toArray(String[]::new)).query(row -> {
            promises.put(row.getString("host"), new HostPromise(row.getLong("realms"), row.getLong("granules")));
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
