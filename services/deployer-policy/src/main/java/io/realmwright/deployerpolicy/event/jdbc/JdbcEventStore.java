package io.realmwright.deployerpolicy.event.jdbc;

import io.realmwright.deployerpolicy.event.Event;
import io.realmwright.deployerpolicy.event.EventLog;
import io.realmwright.deployerpolicy.event.EventStore;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.deployerpolicy.event.Noted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcEventStore implements EventLog, EventStore {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ApplicationEventPublisher publisher;

    JdbcEventStore(JdbcClient jdbc, JdbcTemplate batches, ApplicationEventPublisher publisher) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.publisher = publisher;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Happening... happenings) {
        batches.batchUpdate("""
                insert into event_noted (subject, name, change, state, reason, version, at)
                values (?, ?, ?, ?, ?, ?, ?)
                """, List.of(happenings), happenings.length, (statement, happening) -> {
            statement.setString(1, happening.subject().name());
            statement.setString(2, happening.name());
            statement.setString(3, happening.change().name());
            statement.setString(4, happening.state());
            statement.setString(5, happening.reason().orElse(null));
            statement.setLong(6, happening.version());
            statement.setTimestamp(7, Timestamp.from(happening.at()));
        });
        publisher.publishEvent(new Noted());
    }

    /** The row of the stream is locked, so batches follow each other and what a reader sees has no gaps. */
    @Override
    @Transactional
    public int publish(int limit) {
        boolean isQuiet = jdbc.sql("select not exists (select from event_noted)")
                .query(Boolean.class)
                .single();
        if (isQuiet) {
            return 0; // without a lock, which would be written to disk
        }
        Optional<Long> last = jdbc.sql("select last_id from event_stream for update skip locked")
                .query(Long.class)
                .optional();
        if (last.isEmpty()) {
            return 0; // another replica is at it
        }
        int published =
                jdbc.sql("""
                with taken as (
                  delete from event_noted
                  where position in (select position from event_noted order by position limit :limit for update skip locked)
                  returning *
                )
                insert into event (id, subject, name, change, state, reason, version, at)
                select :last + row_number() over (order by position), subject, name, change, state, reason, version, at
                from taken
                """).param("limit", limit).param("last", last.get()).update();
        if (published > 0) {
            jdbc.sql("update event_stream set last_id = last_id + :published")
                    .param("published", published)
                    .update();
        }
        return published;
    }

    @Override
    public Bounds bounds() {
        return jdbc.sql("select compacted_to, last_id from event_stream")
                .query((row, number) -> new Bounds(row.getLong("compacted_to"), row.getLong("last_id")))
                .single();
    }

    @Override
    public List<Event> after(long id, int limit) {
        return jdbc.sql("""
                select id, subject, name, change, state, reason, version, at
                from event
                where id > :id
                order by id
                limit :limit
                """)
                .param("id", id)
                .param("limit", limit)
                .query(JdbcEventStore::event)
                .list();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getLong("id"),
                new Happening(
                        Happening.Subject.valueOf(row.getString("subject")),
                        row.getString("name"),
                        Happening.Change.valueOf(row.getString("change")),
                        row.getString("state"),
                        Optional.ofNullable(row.getString("reason")),
                        row.getLong("version"),
                        row.getTimestamp("at").toInstant()));
    }

    /** The bound moves first, so that nobody reads across events that are on their way out. */
    @Override
    @Transactional
    public int compact(Instant before) {
        int moved = jdbc.sql("""
                update event_stream
                set compacted_to = (select max(id) from event where at < :before)
                where compacted_to < (select max(id) from event where at < :before)
                """).param("before", Timestamp.from(before)).update();
        return moved == 0
                ? 0
                : jdbc.sql("delete from event where id <= (select compacted_to from event_stream)")
                        .update();
    }
}
