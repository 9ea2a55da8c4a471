package io.realmwright.deployerpolicy.policy;

import io.realmwright.machine.spec.MeasuredContents;
import java.util.Optional;

/** What follows when a rule matches. */
public sealed interface Effect {
    /**
     * The realm may be launched, like this.
     *
     * @param requireGrantBinding whether only a host will do whose token names the grant through the RPV
     * @param attestation whether, and how soon, the realm has to be attested once it runs
     */
    record Allow(
            RipasChoice mode,
            VerdictChoice verdict,
            MeasuredContents measuredContents,
            boolean requireGrantBinding,
            Optional<AttestationDuty> attestation)
            implements Effect {}

    /** The realm may not be launched; {@code message} tells its deployer why. */
    record Deny(String message) implements Effect {}
}
