package io.realmwright.deployerpolicy.grant;

import java.util.Optional;
import java.util.UUID;

/** Where grants are kept, for whoever wants to know later. */
public interface GrantStore {
    void insert(Grant grant);

    Optional<Grant> find(UUID id);
}
