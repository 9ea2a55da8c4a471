package io.realmwright.deployerpolicy.audit.jdbc;

import io.realmwright.deployerpolicy.audit.AuditEntry;
import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import io.realmwright.deployerpolicy.audit.AuditEntry.Pending;
import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditStore;
import io.realmwright.deployerpolicy.jdbc.Where;
import io.realmwright.deployerpolicy.json.CanonicalJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAuditStore implements AuditStore {
    /** Which of PostgreSQL's advisory locks is that of sealing. */
    private static final long SEALING = 0x7265616c6d61L;

    private final JdbcClient jdbc;

    JdbcAuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Instant at, String actor, AuditEvent event, String subject, Map<String, Object> details) {
        jdbc.sql("""
                insert into audit_pending (at, actor, event, subject, details)
                values (:at, :actor, :event, :subject, :details)
                """)
                .param("at", Timestamp.from(at))
                .param("actor", actor)
                .param("event", event.name())
                .param("subject", subject)
                .param("details", CanonicalJson.of(details))
                .update();
    }

    @Override
    public void lockSealing() {
        jdbc.sql("select pg_advisory_xact_lock(:key)")
                .param("key", SEALING)
                .query((row, number) -> true)
                .single();
    }

    @Override
    public boolean tryLockSealing() {
        return jdbc.sql("select pg_try_advisory_xact_lock(:key)")
                .param("key", SEALING)
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<Pending> pending(int limit) {
        return jdbc.sql("""
                select id, at, actor, event, subject, details
                from audit_pending
                order by id
                limit :limit
                """)
                .param("limit", limit)
                .query((row, number) -> new Pending(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        row.getString("event"),
                        row.getString("subject"),
                        row.getString("details")))
                .list();
    }

    @Override
    public void seal(List<Pending> pending, List<AuditEntry> sealed) {
        // One statement each, however many there are.
        jdbc.sql("""
                insert into audit_entry (position, at, actor, event, subject, details, previous, hash)
                select *
                from unnest(:positions::bigint[], :ats::timestamptz[], :actors::text[], :events::text[],
                            :subjects::text[], :details::text[], :previous::text[], :hashes::text[])
                """)
                .param("positions", sealed.stream().map(AuditEntry::position).toArray(Long[]::new))
                .param(
                        "ats",
                        sealed.stream()
                                .map(AuditEntry::at)
                                .map(Instant::toString)
                                .toArray(String[]::new))
                .param("actors", texts(sealed, AuditEntry::actor))
                .param("events", texts(sealed, AuditEntry::event))
                .param("subjects", texts(sealed, AuditEntry::subject))
                .param("details", texts(sealed, AuditEntry::details))
                .param("previous", texts(sealed, AuditEntry::previous))
                .param("hashes", texts(sealed, AuditEntry::hash))
                .update();
        jdbc.sql("delete from audit_pending where id = any(:ids)")
                .param("ids", pending.stream().map(Pending::id).toArray(Long[]::new))
                .update();
    }

    private static String[] texts(List<AuditEntry> entries, Function<AuditEntry, String> column) {
        return entries.stream().map(column).toArray(String[]::new);
    }

    @Override
    public Optional<Head> head() {
        return jdbc.sql("select position, hash from audit_entry order by position desc limit 1")
                .query((row, number) -> new Head(row.getLong("position"), row.getString("hash")))
                .optional();
    }

    @Override
    public List<AuditEntry> list(Filter filter, long afterPosition, int limit) {
        var where = Where.is("position > :after", "after", afterPosition)
                .and("event = :event", "event", filter.event().map(Enum::name))
                .and("subject = :subject", "subject", filter.subject());
        return jdbc.sql("select position, at, actor, event, subject, details, previous, hash from audit_entry "
                        + where.sql() + "order by position limit :limit")
                .params(where.params())
                .param("limit", limit)
                .query(JdbcAuditStore::entry)
                .list();
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("position"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("event"),
                row.getString("subject"),
                row.getString("details"),
                row.getString("previous"),
                row.getString("hash"));
    }

    @Override
    public boolean canRewrite() {
        return jdbc.sql("""
                select pg_has_role(relowner, 'member')
                    or has_table_privilege(oid, 'update')
                    or has_table_privilege(oid, 'delete')
                    or has_table_privilege(oid, 'truncate')
                from pg_class
                where oid = 'audit_entry'::regclass
                """).query(Boolean.class).single();
    }
}
