package io.realmwright.deployerpolicy.realm;

/** Whether it is so. */
public enum ConditionStatus {
    TRUE,
    FALSE
}
