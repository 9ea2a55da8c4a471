package io.realmwright.deployerpolicy.realm.scheduler;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.Task;
import io.realmwright.deployerpolicy.realm.RealmWorker;
import io.realmwright.deployerpolicy.realm.Revoking;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {
    static final String RECONCILE = "reconcile-realm";
    static final String REVOKE = "revoke-launch";

    @Bean
    Task<Void> reconcileTask(RealmWorker worker, Traces traces, PlatformTransactionManager transactions, Clock clock) {
        return new DurableTask<RealmWorker.Visit>(new TransactionTemplate(transactions), clock)
                .of(RECONCILE, realm -> traces.visit(worker, realm), worker::leave, worker::pauseAfterFailure);
    }

    @Bean
    Task<Void> revokeTask(Revoking revoking, PlatformTransactionManager transactions, Clock clock) {
        return new DurableTask<Revoking.Told>(new TransactionTemplate(transactions), clock)
                .of(REVOKE, revoking::tell, revoking::leave, revoking::pauseAfterFailure);
    }

    /** Tasks mostly wait for agents, so each gets a virtual thread. */
    @Bean
    DbSchedulerCustomizer virtualThreads() {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<ExecutorService> executorService() {
                return Optional.of(Executors.newVirtualThreadPerTaskExecutor());
            }
        };
    }
}
