package io.realmwright.hostagent.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a machine has done and the database is to know, in order. The machine cannot take back what it did, so an entry
 * that the database does not take is owed: it is offered again before the machine's next work, and nothing else is
 * done before it is taken. Entries must bear being offered twice, since a commit may fail after it succeeded.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Deque<Runnable> owed = new ArrayDeque<>();
    private final Consumer<Runnable> transaction;
    private boolean behind;

    /**
     * An empty ledger.
     *
     * @param transaction carries something out as one transaction of the database
     */
    Ledger(Consumer<Runnable> transaction) {
        this.transaction = transaction;
    }

    /** Records this together with whatever is written next: for what nobody needs to know before that. */
    public void owe(Runnable entry) {
        owed.add(entry);
    }

    /**
     * Records everything that is owed, and this as the last of it, and answers what came of this. If the database does not
     * take it, throws what the database threw, and owes this, too.
     */
    public <T> T record(Supplier<T> entry) {
        var answer = new AtomicReference<T>();
        owe(() -> answer.set(entry.get()));
        try {
            settle();
        } catch (RuntimeException e) {
            logOwed(e);
            throw e;
        }
        return Objects.requireNonNull(answer.get());
    }

    /** Owes this, and tells: as {@link #tell}, never throws. */
    public void write(Runnable entry) {
        owe(entry);
        tell();
    }

    /**
     * Records what is owed now, or as soon as that is possible. Never throws, so it may be called in the midst of machine
     * work.
     */
    public void tell() {
        if (behind) {
            return; // to try again at every step would only hold the machine up
        }
        try {
            settle();
        } catch (RuntimeException e) {
            logOwed(e);
        }
    }

    private static void logOwed(RuntimeException e) {
        LOG.atError().setCause(e).log("What a machine did cannot be recorded and is owed");
    }

    /** Records everything that is owed, all or nothing, or throws what the database threw. */
    public void settle() {
        if (owed.isEmpty()) {
            return;
        }
        behind = true;
        transaction.accept(() -> owed.forEach(Runnable::run));
        owed.clear();
        behind = false;
    }
}
