package io.realmwright.hostagent.json;

import java.util.List;

/** The RMM's names that a fault plan may use: a fault with a misspelt name would never happen, and nobody would know. */
final class RmiNames {
    /** The commands of the simulated RMM. */
    static final List<String> COMMANDS = List.of(
            "RMI_FEATURES",
            "RMI_GPT_L1_CREATE",
            "RMI_GRANULE_RANGE_DELEGATE",
            "RMI_GRANULE_RANGE_UNDELEGATE",
            "RMI_GRANULE_TRACKING_GET",
            "RMI_OP_CANCEL",
            "RMI_OP_CONTINUE",
            "RMI_OP_MEM_DONATE",
            "RMI_OP_MEM_RECLAIM",
            "RMI_PSCI_COMPLETE",
            "RMI_REALM_ACTIVATE",
            "RMI_REALM_CREATE",
            "RMI_REALM_DESTROY",
            "RMI_REALM_TERMINATE",
            "RMI_REC_CREATE",
            "RMI_REC_DESTROY",
            "RMI_REC_ENTER",
            "RMI_RMM_ACTIVATE",
            "RMI_RMM_CONFIG_GET",
            "RMI_RMM_CONFIG_SET",
            "RMI_RTT_CREATE",
            "RMI_RTT_DATA_MAP",
            "RMI_RTT_DATA_MAP_INIT",
            "RMI_RTT_DATA_UNMAP",
            "RMI_RTT_DESTROY",
            "RMI_RTT_FOLD",
            "RMI_RTT_INIT_RIPAS",
            "RMI_RTT_READ_ENTRY",
            "RMI_RTT_SET_RIPAS",
            "RMI_RTT_UNPROT_MAP",
            "RMI_RTT_UNPROT_UNMAP",
            "RMI_VERSION");

    /** The statuses that are no success. */
    static final List<String> REFUSALS = List.of(
            "RMI_BLOCKED",
            "RMI_BUSY",
            "RMI_ERROR_DEVICE",
            "RMI_ERROR_DPT",
            "RMI_ERROR_GLOBAL",
            "RMI_ERROR_GPT",
            "RMI_ERROR_GRANULE",
            "RMI_ERROR_INPUT",
            "RMI_ERROR_NOT_SUPPORTED",
            "RMI_ERROR_PSMMU_ST",
            "RMI_ERROR_REALM",
            "RMI_ERROR_REC",
            "RMI_ERROR_RTT",
            "RMI_ERROR_RTT_AUX",
            "RMI_ERROR_TRACKING",
            "RMI_INCOMPLETE");

    private RmiNames() {}
}
