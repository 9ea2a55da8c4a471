package io.realmwright.deployerpolicy.realm;

import java.util.Optional;
import java.util.UUID;

/** Where revocations wait until their hosts have heard of them. */
public interface RevocationStore {
    /** Also if it is there already. */
    void insert(Revocation revocation);

    Optional<Revocation> find(UUID launch);

    void failed(UUID launch);

    void delete(UUID launch);
}
