package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.DecisionRequest;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.machine.spec.RealmSpec;
import java.util.Optional;

/**
 * A realm as its deployer asked for it.
 *
 * @param policy the policy that the realm names
 * @param hostSelector labels that its host must carry
 */
public record RealmRequest(
        String name,
        RealmSpec spec,
        Labels labels,
        Optional<String> policy,
        Labels hostSelector,
        RestartPolicy restartPolicy) {
    /** Whether a realm that lost its host is launched again. */
    public enum RestartPolicy {
        NEVER,
        /** It is decided again, placed anew and launched with a new grant. */
        ON_HOST_LOSS
    }

    public DecisionRequest question() {
        return new DecisionRequest(name, spec, labels, policy, hostSelector);
    }
}
