package io.realmwright.deployerpolicy.policy;

/**
 * One rule of a policy.
 *
 * @param name unique in its policy
 * @param when a CEL expression over the realm, its guest, its labels and the candidate host; true means that it matches
 */
public record Rule(String name, String when, Effect effect) {}
