package io.realmwright.deployerpolicy.realm.scheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
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
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wishes for work on realms as scheduled tasks in the same database, and in the same transaction. */
@Component
class ScheduledRealmWork implements RealmWork {
    private static final int ATTEMPTS = 5;

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

    /** Nobody can be at work on it and miss a wish, so none is counted. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(UUID realm) {
        scheduleVisit(realm);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void request(UUID realm) {
        realms.wish(realm);
        scheduleVisit(realm);
    }

    private void scheduleVisit(UUID realm) {
        traces.remember(realm);
        schedule(SchedulerConfiguration.RECONCILE, realm);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void requestRevocation(UUID launch) {
        schedule(SchedulerConfiguration.REVOKE, launch);
    }

    private void schedule(String name, UUID instance) {
        var task = TaskInstanceId.of(name, instance.toString());
        for (int attempt = 1; !makeDue(task); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new ConcurrencyFailureException("the task " + task + " changes all the time");
            }
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.getObject().triggerCheckForDueExecutions();
            }
        });
    }

    /** Makes the task due. Answers false if it changed meanwhile: then it has to be looked at anew. */
    private boolean makeDue(TaskInstanceId task) {
        Instant now = clock.instant();
        if (scheduler.getObject().scheduleIfNotExists(new TaskInstance<>(task.getTaskName(), task.getId()), now)) {
            return true;
        }
        Optional<ScheduledExecution<Object>> present = scheduler.getObject().getScheduledExecution(task);
        if (present.isEmpty()) {
            return false; // it has just ended
        }
        if (present.get().isPicked()) {
            return true; // it notices the wish when it finishes
        }
        if (!present.get().getExecutionTime().isAfter(now)) {
            return true; // it waits for its turn, which a later time would only put off
        }
        try {
            scheduler.getObject().reschedule(task, now);
            return true;
        } catch (TaskInstanceCurrentlyExecutingException e) {
            return true; // it was picked this very moment
        } catch (ExecutionException e) {
            return false;
        }
    }
}
