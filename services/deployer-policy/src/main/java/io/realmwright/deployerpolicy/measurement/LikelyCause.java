package io.realmwright.deployerpolicy.measurement;

/** What usually makes two RIMs differ in the way that they do. */
public enum LikelyCause {
    /** The realms are hashed by different algorithms, so that no digest agrees. */
    HASH_ALGORITHM,
    /** Their IPA spaces are of different width. */
    IPA_BITS,
    /** Other parameters differ, such as vector length or debug registers. */
    REALM_PARAMETERS,
    /** An image has other bytes, another length or another place. */
    IMAGE,
    /** The contents of an image were measured in one and not in the other. */
    MEASURED_CONTENTS,
    /** A different number of runnable vCPUs was created. */
    VCPU_COUNT,
    /** The first vCPU begins elsewhere, or with other registers. */
    ENTRY_POINT,
    /** On RMM 1.0: memory of another size was declared. */
    MEMORY_SIZE,
    /** On RMM 1.0: other ranges were declared, or none. */
    RIPAS_MODE,
    /** On RMM 1.0: the same memory was declared in entries of other sizes. */
    RTT_DEPTH,
    /** The same was measured in another order. */
    ORDER
}
