package io.realmwright.deployerpolicy.decision;

/**
 * Something that the deployer should know about an allowed launch.
 *
 * @param code stable, for programs
 * @param message one sentence for people
 */
public record Warning(String code, String message) {
    static final String RIPAS_NOT_ATTESTED = "RIPAS_NOT_ATTESTED";
    static final String VERDICT_STOPS_GUEST = "VERDICT_STOPS_GUEST";
    static final String GUEST_WILL_FAULT = "GUEST_WILL_FAULT";
    static final String GUEST_WILL_STALL = "GUEST_WILL_STALL";
    static final String LAUNCH_WILL_FAIL = "LAUNCH_WILL_FAIL";
}
