package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.realm.RealmTraces;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcRealmTraces implements RealmTraces {
    private final JdbcClient jdbc;

    JdbcRealmTraces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void remember(UUID realm, String traceparent) {
        jdbc.sql("""
                insert into realm_trace (realm_id, traceparent)
                values (:realm, :traceparent)
                on conflict (realm_id) do update set traceparent = excluded.traceparent
                """).param("realm", realm).param("traceparent", traceparent).update();
    }

    @Override
    public Optional<String> find(UUID realm) {
        return jdbc.sql("select traceparent from realm_trace where realm_id = :realm")
                .param("realm", realm)
                .query(String.class)
                .optional();
    }
}
