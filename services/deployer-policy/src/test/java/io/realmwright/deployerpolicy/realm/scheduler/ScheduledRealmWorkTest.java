package io.realmwright.deployerpolicy.realm.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.realm.RealmWork;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wishes as tasks. Each test rolls its own back, so that no scheduler ever sees them. */
class ScheduledRealmWorkTest extends ServiceTest {
    @Autowired
    private RealmWork work;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager manager;

    /** Tasks are worked on in the order of their time: whoever was wished for again and again would never have a turn. */
    @Test
    void aWishDoesNotSendATaskThatIsDueToTheEndOfTheQueue() {
        UUID realm = UUID.randomUUID();
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.request(realm);
            Instant due = due(realm);
            Awaitility.await().until(() -> Instant.now().isAfter(due));

            work.request(realm);

            assertThat(due(realm)).isEqualTo(due);
        });
    }

    @Test
    void aWishMakesATaskDueThatWasPutOff() {
        UUID realm = UUID.randomUUID();
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.request(realm);
            jdbc.sql(
                            "update scheduled_tasks set execution_time = execution_time + interval '1 hour' where task_instance = :id")
                    .param("id", realm.toString())
                    .update();

            work.request(realm);

            assertThat(due(realm)).isBefore(Instant.now().plus(Duration.ofMinutes(1)));
        });
    }

    private Instant due(UUID realm) {
        return jdbc.sql("select execution_time from scheduled_tasks where task_instance = :id")
                .param("id", realm.toString())
                .query((row, number) -> row.getTimestamp("execution_time").toInstant())
                .single();
    }
}
