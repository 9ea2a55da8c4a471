package io.realmwright.machine.spec;

/**
 * What the deployer decided for one launch, as the host is to carry it out.
 *
 * @param rpv the personalization value; {@link PersonalizationValue#ZERO} where the host's UABI cannot set one
 */
public record LaunchPlan(
        RipasMode mode, RunTimeVerdict verdict, MeasuredContents measuredContents, PersonalizationValue rpv) {
    /** The plan without a personalization value. */
    public static LaunchPlan of(RipasMode mode, RunTimeVerdict verdict) {
        return new LaunchPlan(mode, verdict, MeasuredContents.AS_SPECIFIED, PersonalizationValue.ZERO);
    }
}
