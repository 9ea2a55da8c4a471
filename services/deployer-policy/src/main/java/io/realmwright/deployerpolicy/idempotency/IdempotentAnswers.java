package io.realmwright.deployerpolicy.idempotency;

import java.time.Instant;
import java.util.Optional;

/** Answers to requests that carried an idempotency key. */
public interface IdempotentAnswers {
    /** Claims the key until the transaction ends; false if another transaction holds it. */
    boolean claim(IdempotencyKey key);

    Optional<Answer> find(IdempotencyKey key);

    void insert(IdempotencyKey key, Answer answer, Instant createdAt);

    int deleteOlderThan(Instant instant);
}
