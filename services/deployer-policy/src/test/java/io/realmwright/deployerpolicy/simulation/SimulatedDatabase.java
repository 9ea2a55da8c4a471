package io.realmwright.deployerpolicy.simulation;

import java.time.Duration;
import java.util.Objects;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A database whose transactions run one after the other, each at one moment of virtual time. It can be away, and a commit
 * can fail before or after it took effect, which whoever waits for it cannot tell apart.
 */
final class SimulatedDatabase extends AbstractPlatformTransactionManager {
    private static final long serialVersionUID = 1L;
    private static final Duration ROUND_TRIP_MAX = Duration.ofMillis(5);

    private transient World world = World.nowhere();

    /** The world of the seed that is being run. */
    void belongTo(World newWorld) {
        world = newWorld;
    }

    Tables tables() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            awaitTurn();
            if (world.databaseIsAway()) {
                throw new DataAccessResourceFailureException("the simulated database is away");
            }
        }
        return world.tables;
    }

    private void awaitTurn() {
        world.stage.pauseUpTo(ROUND_TRIP_MAX);
    }

    @Override
    protected Object doGetTransaction() {
        return new Attempt();
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return TransactionSynchronizationManager.hasResource(this);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        awaitTurn();
        if (world.databaseIsAway()) {
            throw new CannotCreateTransactionException("the simulated database is away");
        }
        TransactionSynchronizationManager.bindResource(this, world.tables.copy());
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (world.faults.happens(Faults.Kind.COMMIT_WITHOUT_ANSWER, world.random)) {
            if (world.random.nextBoolean()) {
                restore();
            }
            throw new TransactionSystemException("the simulated commit got no answer");
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        restore();
    }

    private void restore() {
        world.tables = (Tables) Objects.requireNonNull(TransactionSynchronizationManager.getResource(this));
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        ((Attempt) status.getTransaction()).rollbackOnly = true;
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this);
    }

    private static final class Attempt implements org.springframework.transaction.support.SmartTransactionObject {
        private boolean rollbackOnly;

        @Override
        public boolean isRollbackOnly() {
            return rollbackOnly;
        }
    }
}
