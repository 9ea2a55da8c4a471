package io.realmwright.hostagent.realm;

import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.RmiRefusal;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.Violation;
import java.util.List;
import java.util.Set;

/** Why a launch that had begun came to nothing. */
public sealed interface LaunchFailure {
    record RefusedByRmm(LaunchStep step, RmiRefusal refusal) implements LaunchFailure {}

    record OutOfGranules(LaunchStep step) implements LaunchFailure {}

    record OutOfVmids(LaunchStep step) implements LaunchFailure {}

    record Unavailable(Set<Unavailability> reasons) implements LaunchFailure {
        public Unavailable {
            reasons = Set.copyOf(reasons);
        }
    }

    record Invalid(List<Violation> violations) implements LaunchFailure {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }
}
