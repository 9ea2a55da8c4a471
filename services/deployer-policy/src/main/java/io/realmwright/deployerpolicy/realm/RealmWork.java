package io.realmwright.deployerpolicy.realm;

import java.util.UUID;

/** Makes sure that somebody works on a realm: durably, and by one at a time. */
public interface RealmWork {
    /** Wants the realm worked on at once. The wish belongs to the transaction that it is made in. */
    void request(UUID realm);
}
