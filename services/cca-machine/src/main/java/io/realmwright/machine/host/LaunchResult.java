package io.realmwright.machine.host;

import io.realmwright.machine.spec.Violation;
import java.util.List;
import java.util.Set;

/** What came of a launch. */
public sealed interface LaunchResult {
    /** The realm is ACTIVE and no vCPU has run. */
    record Launched(RealmVm vm) implements LaunchResult {}

    /** The RMM refused a command; the realm was torn down again. */
    record RefusedByRmm(LaunchStep step, RmiRefusal refusal) implements LaunchResult {}

    /** The host has not enough free granules; the realm was torn down again. */
    record OutOfGranules(LaunchStep step) implements LaunchResult {}

    /** The host has no VMID left, of which RMM 1.0 wants one for each realm; the realm was torn down again. */
    record OutOfVmids(LaunchStep step) implements LaunchResult {}

    /** The host's UABI cannot carry out the plan; nothing was done. */
    record Unavailable(Set<Unavailability> reasons) implements LaunchResult {}

    /** The request is wrong; nothing was done. */
    record Invalid(List<Violation> violations) implements LaunchResult {}
}
