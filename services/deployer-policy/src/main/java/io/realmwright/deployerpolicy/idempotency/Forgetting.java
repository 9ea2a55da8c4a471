package io.realmwright.deployerpolicy.idempotency;

import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets idempotency keys after their time. */
@Component
class Forgetting {
    private final IdempotentAnswers answers;
    private final IdempotencyProperties properties;
    private final Clock clock;

    Forgetting(IdempotentAnswers answers, IdempotencyProperties properties, Clock clock) {
        this.answers = answers;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void forget() {
        answers.deleteOlderThan(clock.instant().minus(properties.retention()));
    }
}
