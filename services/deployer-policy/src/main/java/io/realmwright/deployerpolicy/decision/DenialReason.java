package io.realmwright.deployerpolicy.decision;

/** Why a realm is denied. */
public enum DenialReason {
    /** No published policy is named by the realm or selects it. */
    NO_POLICY,
    /** The policy that the realm names does not select it. */
    POLICY_DOES_NOT_APPLY,
    /** No rule of the policy matched. */
    NO_RULE_MATCHED,
    /** A rule matched whose effect is to deny. */
    DENIED_BY_RULE,
    /** A rule could not be evaluated. */
    RULE_FAILED,
    /** The ranges that the policy allows are no ranges of this realm's memory. */
    RANGES_DO_NOT_FIT
}
