package io.realmwright.hostagent.machine;

import java.util.ArrayDeque;
import java.util.Deque;
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

    Ledger() {}

    /** Records this now, or as soon as that is possible. Never throws, so it may be called in the midst of machine work. */
    public void write(Runnable entry) {
        owed.add(entry);
        try {
            settle();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("owed", owed.size()).setCause(e).log("The database owes us a record");
        }
    }

    /** Records everything that is owed, or throws what the database threw. */
    public void settle() {
        while (!owed.isEmpty()) {
            owed.peek().run();
            owed.remove();
        }
    }
}
