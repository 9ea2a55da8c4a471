package io.realmwright.deployerpolicy.quota.jdbc;

import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.quota.QuotaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class JdbcQuotaStore implements QuotaStore {
    private static final String SELECT = """
            select name, label_key, label_value, realms_max, granules_max, version, created_at, updated_at
            from quota
            """;

    private final JdbcClient jdbc;
    private final Json json;

    JdbcQuotaStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public boolean insert(Quota quota) {
        return bind(quota, """
                insert into quota (name, label_key, label_value, realms_max, granules_max, version, created_at, updated_at)
                values (:name, :labelKey, :labelValue, :realmsMax, :granulesMax, :version, :createdAt, :updatedAt)
                on conflict (name) do nothing
                """)
                        .param("createdAt", Timestamp.from(quota.createdAt()))
                        .update()
                == 1;
    }

    @Override
    public void update(Quota quota) {
        bind(quota, """
                update quota
                set label_key = :labelKey, label_value = :labelValue, realms_max = :realmsMax,
                    granules_max = :granulesMax, version = :version, updated_at = :updatedAt
                where name = :name
                """).update();
    }

    private StatementSpec bind(Quota quota, String sql) {
        return jdbc.sql(sql)
                .param("name", quota.name())
                .param("labelKey", quota.labelKey())
                .param("labelValue", quota.labelValue())
                .param("realmsMax", nullable(quota.realmsMax()))
                .param("granulesMax", nullable(quota.granulesMax()))
                .param("version", quota.version())
                .param("updatedAt", Timestamp.from(quota.updatedAt()));
    }

    private static @Nullable Long nullable(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    @Override
    public void delete(String name) {
        jdbc.sql("delete from quota where name = :name").param("name", name).update();
    }

    @Override
    public Optional<Quota> find(String name) {
        return jdbc.sql(SELECT + "where name = :name")
                .param("name", name)
                .query(JdbcQuotaStore::quota)
                .optional();
    }

    @Override
    public Optional<Quota> lock(String name) {
        return jdbc.sql(SELECT + "where name = :name for update")
                .param("name", name)
                .query(JdbcQuotaStore::quota)
                .optional();
    }

    @Override
    public List<Quota> lockFor(Labels labels) {
        return jdbc.sql(SELECT + """
                where (label_key, label_value) in (select key, value from jsonb_each_text(:labels::jsonb))
                order by name
                for update
                """)
                .param("labels", json.write(labels.byKey()))
                .query(JdbcQuotaStore::quota)
                .list();
    }

    @Override
    public List<Quota> list(String afterName, int limit) {
        return jdbc.sql(SELECT + "where name > :afterName order by name limit :limit")
                .param("afterName", afterName)
                .param("limit", limit)
                .query(JdbcQuotaStore::quota)
                .list();
    }

    private static Quota quota(ResultSet row, int number) throws SQLException {
        return new Quota(
                row.getString("name"),
                row.getString("label_key"),
                row.getString("label_value"),
                limit(row, "realms_max"),
                limit(row, "granules_max"),
                row.getLong("version"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static OptionalLong limit(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
