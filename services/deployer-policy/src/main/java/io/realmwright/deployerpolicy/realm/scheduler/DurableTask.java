package io.realmwright.deployerpolicy.realm.scheduler;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Work that is on record until it is done: there is at most one task per instance, any replica may run it, and a replica
 * that dies leaves it to the others. The work itself is in no transaction; what came of it is recorded in the one that
 * also removes the task or sets its next time.
 *
 * @param <V> what came of the work
 */
final class DurableTask<V> {
    private final TransactionOperations transactions;
    private final Clock clock;

    DurableTask(TransactionOperations transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * A task of this kind.
     *
     * @param leave records what came of the work, and answers when to do it again, empty for never
     * @param pauseAfterFailures how long to wait after the work broke off so many times in a row
     */
    Task<Void> of(
            String name,
            Function<UUID, V> work,
            Function<V, Optional<Duration>> leave,
            IntFunction<Duration> pauseAfterFailures) {
        return Tasks.custom(name, Void.class)
                .onFailure((complete, operations) -> operations.reschedule(
                        complete,
                        clock.instant()
                                .plus(pauseAfterFailures.apply(complete.getExecution().consecutiveFailures + 1))))
                .execute((instance, context) -> {
                    V done = work.apply(UUID.fromString(instance.getId()));
                    return (complete, operations) -> transactions.executeWithoutResult(
                            status -> finish(leave.apply(done), complete, operations));
                });
    }

    private void finish(Optional<Duration> pause, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        if (pause.isPresent()) {
            operations.reschedule(complete, clock.instant().plus(pause.get()));
        } else {
            operations.remove();
        }
    }
}
