package io.realmwright.deployerpolicy.realm;

import java.time.Clock;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks for wishes that nobody acted on. There are none as long as everybody does his part: the wish and its task are
 * stored together. But a replica of an older release may have taken the task without understanding the wish.
 */
@Component
class Overdue {
    private static final int AT_ONCE = 100;

    private final RealmStore realms;
    private final RealmWork work;
    private final RealmProperties properties;
    private final TransactionOperations transactions;
    private final Clock clock;

    Overdue(
            RealmStore realms,
            RealmWork work,
            RealmProperties properties,
            TransactionOperations transactions,
            Clock clock) {
        this.realms = realms;
        this.work = work;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${realmwright.realm.review-interval}")
    void review() {
        var before = clock.instant().minus(properties.reviewInterval());
        for (UUID realm : realms.unobservedSince(before, AT_ONCE)) {
            transactions.executeWithoutResult(status -> work.request(realm));
        }
    }
}
