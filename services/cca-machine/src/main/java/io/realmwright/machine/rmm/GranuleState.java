package io.realmwright.machine.rmm;

/** What a granule is used for (TF-RMM lib/granule); the states of devices and SMMUs are not modelled. */
public enum GranuleState {
    /** Host memory. */
    NS(0),
    /** Realm memory that nobody uses. */
    DELEGATED(1),
    /** A realm descriptor. */
    RD(2),
    /** A vCPU. */
    REC(3),
    /** Memory that a vCPU needs beside its REC. */
    REC_AUX(4),
    /** Realm contents. */
    DATA(5),
    /** A stage-2 table. */
    RTT(6),
    /** A REC in the middle of a stateful operation. */
    PARTIAL(7);

    /** By code. */
    private static final GranuleState[] VALUES = values();

    private final byte code;

    GranuleState(int code) {
        this.code = (byte) code;
    }

    /** How a granule table stores it; 0 is how DRAM starts. */
    byte code() {
        return code;
    }

    static GranuleState of(byte code) {
        return VALUES[code];
    }

    /**
     * Whether a granule may go from this state to another at once (reference section 6.1). What is used for one thing is
     * DELEGATED before it is used for another: so no granule ever has two roles.
     */
    boolean mayBecome(GranuleState next) {
        return switch (this) {
            case NS -> next == DELEGATED;
            case DELEGATED -> next != DELEGATED;
            case REC -> next == DELEGATED || next == PARTIAL;
            case PARTIAL -> next == DELEGATED || next == REC;
            case RD, REC_AUX, DATA, RTT -> next == DELEGATED;
        };
    }
}
