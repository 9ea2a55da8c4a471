package io.realmwright.hostagent.realm.jdbc;

import io.realmwright.hostagent.machine.TraceChunk;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The traces of realms: gzip of JSON lines, to which members are appended. */
@Repository
class RealmTraces {
    private static final byte[] NO_LINES = {};

    private final JdbcClient jdbc;

    RealmTraces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A chunk that is offered again does not begin where the trace ends, and changes nothing. */
    void append(UUID realmId, TraceChunk chunk) {
        jdbc.sql("""
                        insert into realm_trace as known (realm_id, line_count, size_bytes, content)
                        values (:id, :lines, :sizeBytes, :gzip)
                        on conflict (realm_id) do update
                        set line_count = known.line_count + excluded.line_count,
                            size_bytes = known.size_bytes + excluded.size_bytes,
                            content = known.content || excluded.content
                        where known.line_count = :firstLine
                        """)
                .param("id", realmId)
                .param("lines", chunk.lines())
                .param("sizeBytes", chunk.sizeBytes())
                .param("gzip", chunk.gzip())
                .param("firstLine", chunk.firstLine())
                .update();
    }

    byte[] of(UUID realmId) {
        return jdbc.sql("select content from realm_trace where realm_id = :id")
                .param("id", realmId)
                .query((row, _) -> row.getBytes("content"))
                .optional()
                .orElse(NO_LINES);
    }

    int expire(Instant before, TraceChunk note) {
        return jdbc.sql("""
                        update realm_trace as trace
                        set line_count = :lines, size_bytes = :sizeBytes, content = :gzip, expired = true
                        from realm
                        where realm.id = trace.realm_id
                          and realm.state in ('STOPPED', 'FAILED', 'LOST')
                          and realm.updated_at < :before
                          and not trace.expired
                        """)
                .param("lines", note.lines())
                .param("sizeBytes", note.sizeBytes())
                .param("gzip", note.gzip())
                .param("before", Timestamp.from(before))
                .update();
    }
}
