package io.realmwright.deployerpolicy.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Rows that never change once they are written, and of which each is looked at several times while its realm is launched
 * and rarely after that.
 *
 * @param <T> what a row is read as
 */
public final class Recent<T> {
    /** How long a launch takes if nothing holds it up. */
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    private final Cache<UUID, T> rows;

    /**
     * Keeps the rows that were used last.
     *
     * @param weightMax how much all of them may weigh together
     */
    public Recent(int weightMax, ToIntFunction<T> weight) {
        this.rows = Caffeine.newBuilder()
                .expireAfterAccess(TIME_TO_LIVE)
                .maximumWeight(weightMax)
                .weigher((UUID id, T row) -> weight.applyAsInt(row))
                .build();
    }

    /** The row was written: it is at hand when the transaction that wrote it has committed. */
    public void written(UUID id, T row) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                rows.put(id, row);
            }
        });
    }

    /** The row as it was written or read last, or else as it is read now; empty if there is none. */
    public Optional<T> find(UUID id, Function<UUID, Optional<T>> read) {
        Optional<T> known = Optional.ofNullable(rows.getIfPresent(id));
        if (known.isPresent()) {
            return known;
        }
        Optional<T> found = read.apply(id);
        found.ifPresent(row -> rows.put(id, row));
        return found;
    }
}
