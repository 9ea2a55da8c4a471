package io.realmwright.deployerpolicy.policy;

import io.realmwright.machine.spec.MeasuredContents;

/** What follows when a rule matches. */
public sealed interface Effect {
    /**
     * The realm may be launched, like this.
     *
     * @param requireGrantBinding whether only a host will do whose token names the grant through the RPV
     */
    record Allow(
            RipasChoice mode, VerdictChoice verdict, MeasuredContents measuredContents, boolean requireGrantBinding)
            implements Effect {}

    /** The realm may not be launched; {@code message} tells its deployer why. */
    record Deny(String message) implements Effect {}
}
