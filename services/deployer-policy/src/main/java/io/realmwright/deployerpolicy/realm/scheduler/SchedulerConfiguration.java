package io.realmwright.deployerpolicy.realm.scheduler;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.Task;
import io.realmwright.deployerpolicy.realm.RealmProperties;
import io.realmwright.deployerpolicy.realm.RealmStore;
import io.realmwright.deployerpolicy.realm.Reconciler;
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
    @Bean
    Task<Void> reconcileTask(
            Reconciler reconciler,
            RealmStore realms,
            PlatformTransactionManager transactions,
            Clock clock,
            RealmProperties properties) {
        return new ReconcileTask(reconciler, realms, new TransactionTemplate(transactions), clock).task(properties);
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
