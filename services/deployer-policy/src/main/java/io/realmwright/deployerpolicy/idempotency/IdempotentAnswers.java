package io.realmwright.deployerpolicy.idempotency;

import java.time.Instant;
import java.util.Optional;

/** Answers to requests that carried an idempotency key. */
public interface IdempotentAnswers {
    /** Claims the key until the transaction ends; false if another transaction holds it. */
    boolean claim(Key key);

    Optional<Answer> find(Key key);

    void insert(Key key, Answer answer, Instant createdAt);

    int deleteOlderThan(Instant instant);

    /** A key belongs to an operation, such as {@code POST /v1/realms}. */
    record Key(String operation, String value) {}
}
