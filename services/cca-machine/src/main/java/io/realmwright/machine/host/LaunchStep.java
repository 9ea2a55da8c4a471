package io.realmwright.machine.host;

/** The steps of a launch, in the order of {@code rmm-2.0}. */
public enum LaunchStep {
    /** Delegate RD and root tables, RMI_REALM_CREATE. */
    CREATE_REALM,
    /** RMI_RTT_DATA_MAP_INIT of every granule of every image. */
    POPULATE,
    /** RMI_REC_CREATE of every vCPU. */
    CREATE_RECS,
    /** RMI_RTT_INIT_RIPAS as the RIPAS mode says. */
    INIT_RIPAS,
    /** RMI_REALM_ACTIVATE. */
    ACTIVATE
}
