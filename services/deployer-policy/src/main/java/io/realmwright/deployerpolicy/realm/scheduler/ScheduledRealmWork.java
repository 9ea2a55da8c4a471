package io.realmwright.deployerpolicy.realm.scheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.realmwright.deployerpolicy.realm.RealmStore;
import io.realmwright.deployerpolicy.realm.RealmWork;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wishes for work on realms as scheduled tasks in the same database, and in the same transaction. */
@Component
class ScheduledRealmWork implements RealmWork {
    // The scheduler knows the task, the task the reconciler, and the reconciler's world asks for work: look it up late.
    private final ObjectProvider<Scheduler> scheduler;
    private final RealmStore realms;
    private final Clock clock;
    private final Traces traces;

    ScheduledRealmWork(ObjectProvider<Scheduler> scheduler, RealmStore realms, Clock clock, Traces traces) {
        this.scheduler = scheduler;
        this.realms = realms;
        this.clock = clock;
        this.traces = traces;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void request(UUID realm) {
        realms.wish(realm);
        traces.remember(realm);
        schedule(SchedulerConfiguration.RECONCILE, realm);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void requestRevocation(UUID launch) {
        schedule(SchedulerConfiguration.REVOKE, launch);
    }

    private void schedule(String name, UUID instance) {
        Instant now = clock.instant();
        var task = TaskInstanceId.of(name, instance.toString());
        Optional<ScheduledExecution<Object>> present = scheduler.getObject().getScheduledExecution(task);
        if (present.isEmpty()) {
            scheduler.getObject().schedule(new TaskInstance<>(name, instance.toString()), now);
        } else if (!present.get().isPicked()) {
            hasten(task, now);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.getObject().triggerCheckForDueExecutions();
            }
        });
    }

    private void hasten(TaskInstanceId task, Instant now) {
        try {
            scheduler.getObject().reschedule(task, now);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // It was picked this very moment, and notices the wish when it finishes.
        }
    }
}
