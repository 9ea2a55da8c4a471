package io.realmwright.deployerpolicy.realm.scheduler;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.realmwright.deployerpolicy.realm.Next;
import io.realmwright.deployerpolicy.realm.RealmProperties;
import io.realmwright.deployerpolicy.realm.RealmStore;
import io.realmwright.deployerpolicy.realm.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The durable task of a realm: there is at most one per realm, any replica may run it, and a replica that dies leaves it
 * to the others. It takes steps until nothing is to be done at once.
 */
final class ReconcileTask {
    static final String NAME = "reconcile-realm";
    private static final int STEPS_MAX = 100; // a realm that finds no rest makes way for others

    private final Reconciler reconciler;
    private final RealmStore realms;
    private final TransactionOperations transactions;
    private final Clock clock;

    ReconcileTask(Reconciler reconciler, RealmStore realms, TransactionOperations transactions, Clock clock) {
        this.reconciler = reconciler;
        this.realms = realms;
        this.transactions = transactions;
        this.clock = clock;
    }

    Task<Void> task(RealmProperties properties) {
        return Tasks.custom(NAME, Void.class)
                .onFailure(new OnFailureRetryLater<>(properties.retryInterval()))
                .execute(this::work);
    }

    private CompletionHandler<Void> work(TaskInstance<Void> instance, ExecutionContext context) {
        UUID realm = UUID.fromString(instance.getId());
        Optional<Long> wishesSeen = Optional.empty();
        Next next = new Next.Again();
        for (int steps = 0; steps < STEPS_MAX && next instanceof Next.Again; steps++) {
            wishesSeen = realms.wishes(realm);
            next = reconciler.step(realm);
        }
        Optional<Long> seen = wishesSeen;
        Next last = next;
        return (complete, operations) -> finish(realm, seen, last, complete, operations);
    }

    /** Ends the task or sets its next time. A wish that was made while it worked is not lost: it holds the same row. */
    private void finish(
            UUID realm,
            Optional<Long> wishesSeen,
            Next next,
            ExecutionComplete complete,
            ExecutionOperations<Void> operations) {
        transactions.executeWithoutResult(status -> {
            Optional<Long> wishesNow = realms.wishes(realm);
            if (wishesNow.isEmpty()) {
                operations.remove();
            } else if (!wishesNow.equals(wishesSeen)) {
                operations.reschedule(complete, clock.instant());
            } else {
                switch (next) {
                    case Next.Again() -> operations.reschedule(complete, clock.instant());
                    case Next.Later(Duration pause) ->
                        operations.reschedule(complete, clock.instant().plus(pause));
                    case Next.Settled() -> operations.remove();
                }
            }
        });
    }
}
