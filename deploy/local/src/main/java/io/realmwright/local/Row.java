package io.realmwright.local;

/**
 * One realm of the main job.
 *
 * @param policy under which it was decided
 * @param guest the name of a guest profile
 * @param hostProfile of the host that it was asked for
 * @param outcome as the realm's status has it, or {@code UNPLACEABLE(REASON)}
 * @param rim hexadecimal digits, empty without a launch
 * @param rmiCalls 0 without a launch
 */
record Row(ExamplePolicy policy, String guest, String hostProfile, String outcome, String rim, long rmiCalls) {}
