package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.machine.spec.RealmSpec;
import java.util.Optional;

/**
 * What is to be decided.
 *
 * @param realmName the realm's name, empty if it has none yet
 * @param policy the policy that the realm names
 * @param hostSelector labels that a host must carry to be a candidate
 */
public record DecisionRequest(
        String realmName, RealmSpec spec, Labels labels, Optional<String> policy, Labels hostSelector) {}
