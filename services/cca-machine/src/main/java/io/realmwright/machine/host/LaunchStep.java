package io.realmwright.machine.host;

/** The steps of a launch. Which of them a host takes, and in which order, is its profile's. */
public enum LaunchStep {
    /** The VMM sets RPV and hash algorithm, where the UABI lets it; makes no RMI call. */
    CONFIG_REALM,
    /** Delegate RD and root tables, RMI_REALM_CREATE. */
    CREATE_REALM,
    /** RMI_RTT_INIT_RIPAS as the RIPAS mode says. */
    INIT_RIPAS,
    /** RMI_RTT_DATA_MAP_INIT, in RMI 1.0 RMI_DATA_CREATE, of every granule of every image. */
    POPULATE,
    /** RMI_REC_CREATE of every vCPU. */
    CREATE_RECS,
    /** RMI_REALM_ACTIVATE. */
    ACTIVATE
}
