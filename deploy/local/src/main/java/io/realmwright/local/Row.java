package io.realmwright.local;

/**
 * One realm of the main job.
 *
 * @param outcome as the realm's status has it, or {@code UNPLACEABLE(REASON)}
 * @param rim hexadecimal digits, empty without a launch
 * @param rmiCalls 0 without a launch
 */
record Row(Combination combination, String outcome, String rim, long rmiCalls) {}
