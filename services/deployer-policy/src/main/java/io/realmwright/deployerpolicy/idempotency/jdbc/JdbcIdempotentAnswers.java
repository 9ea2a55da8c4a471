package io.realmwright.deployerpolicy.idempotency.jdbc;

import io.realmwright.deployerpolicy.idempotency.Answer;
import io.realmwright.deployerpolicy.idempotency.IdempotencyKey;
import io.realmwright.deployerpolicy.idempotency.IdempotentAnswers;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

@Repository
class JdbcIdempotentAnswers implements IdempotentAnswers {
    private final JdbcClient jdbc;
    private final Json json;

    JdbcIdempotentAnswers(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public boolean claim(IdempotencyKey key) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:operation || ' ' || :key, 0))")
                .param("operation", key.operation())
                .param("key", key.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Answer> find(IdempotencyKey key) {
        return jdbc.sql("""
                select request_digest, status, headers, body
                from idempotency_key
                where operation = :operation and key = :key
                """)
                .param("operation", key.operation())
                .param("key", key.value())
                .query((row, number) -> new Answer(
                        row.getString("request_digest"),
                        row.getInt("status"),
                        json.read(row.getString("headers"), new TypeReference<SortedMap<String, String>>() {}),
                        row.getBytes("body")))
                .optional();
    }

    @Override
    public void insert(IdempotencyKey key, Answer answer, Instant createdAt) {
        jdbc.sql("""
                insert into idempotency_key (operation, key, request_digest, status, headers, body, created_at)
                values (:operation, :key, :requestDigest, :status, :headers::jsonb, :body, :createdAt)
                """)
                .param("operation", key.operation())
                .param("key", key.value())
                .param("requestDigest", answer.requestDigest())
                .param("status", answer.status())
                .param("headers", json.write(answer.headers()))
                .param("body", answer.body())
                .param("createdAt", Timestamp.from(createdAt))
                .update();
    }

    @Override
    public int deleteOlderThan(Instant instant) {
        return jdbc.sql("delete from idempotency_key where created_at < :instant")
                .param("instant", Timestamp.from(instant))
                .update();
    }
}
