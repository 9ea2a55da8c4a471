package io.realmwright.deployerpolicy.policy;

import java.time.Duration;

/**
 * That a realm has to be attested.
 *
 * @param within counted from when its guest has booted; from then on its latest appraisal has to say that it is attested
 * @param otherwise what becomes of it if it is not
 */
public record AttestationDuty(Duration within, Consequence otherwise) {
    public static final Duration WITHIN_MIN = Duration.ofSeconds(1);
    public static final Duration WITHIN_MAX = Duration.ofDays(7);

    /** What becomes of a realm that is not attested in time. */
    public enum Consequence {
        /** It is torn down. */
        STOP
    }
}
