package io.realmwright.deployerpolicy.audit;

import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import io.realmwright.deployerpolicy.audit.AuditEntry.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Chains entries one after the other. Whoever records one does not wait for that: a chain has one end, and every
 * transaction of the service would queue there.
 */
@Component
class AuditSealer {
    private static final int AT_ONCE = 1_000;

    private final AuditStore store;
    private final AuditHashes hashes;
    private final TransactionOperations transactions;
    private volatile Head sealedHere = Head.NONE;

    AuditSealer(AuditStore store, AuditHashes hashes, TransactionOperations transactions) {
        this.store = store;
        this.hashes = hashes;
        this.transactions = transactions;
    }

    /** Seals what is committed by now, unless somebody else is just doing so. */
    @Scheduled(fixedDelayString = "${realmwright.audit.seal-interval}")
    void sealInTurn() {
        seal(store::tryLockSealing);
    }

    /** Seals everything that is committed by now. */
    void seal() {
        seal(() -> {
            store.lockSealing();
            return true;
        });
    }

    private void seal(BooleanSupplier lock) {
        int sealed = AT_ONCE;
        while (sealed == AT_ONCE) {
            sealed = transactions.execute(status -> lock.getAsBoolean() ? sealSome() : 0);
        }
    }

    private int sealSome() {
        List<Pending> pending = store.pending(AT_ONCE);
        if (pending.isEmpty()) {
            return 0;
        }
        Head head = store.head().orElse(Head.NONE);
        var sealed = new ArrayList<AuditEntry>();
        for (Pending entry : pending) {
            sealed.add(AuditEntry.after(head, entry, hashes));
            head = sealed.getLast().asHead();
        }
        store.seal(pending, sealed);
        sealedHere = head;
        return pending.size();
    }

    /** The last entry that this process has sealed. A trail that ends before it was cut. */
    Head sealedHere() {
        return sealedHere;
    }
}
