package io.realmwright.deployerpolicy.decision;

import java.util.Optional;
import java.util.UUID;

/** Where decisions are kept, denials too. */
public interface DecisionStore {
    void insert(Decision decision);

    Optional<Decision> find(UUID id);
}
