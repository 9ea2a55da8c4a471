package io.realmwright.deployerpolicy.realm;

import java.util.UUID;

/** Makes sure that somebody works on a realm or a revocation: durably, and by one at a time. */
public interface RealmWork {
    /** Wants a realm that this transaction creates worked on at once. */
    void begin(UUID realm);

    /** Wants the realm worked on at once. The wish belongs to the transaction that it is made in. */
    void request(UUID realm);

    /** Wants the host of a launch told that it is void. The wish belongs to the transaction that it is made in. */
    void requestRevocation(UUID launch);
}
