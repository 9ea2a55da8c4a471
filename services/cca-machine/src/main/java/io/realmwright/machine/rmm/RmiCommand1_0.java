package io.realmwright.machine.rmm;

import org.jspecify.annotations.Nullable;

/** The commands of RMI 1.0 with their FIDs (reference section 3.2). */
public enum RmiCommand1_0 implements RmiFunction {
    RMI_VERSION(0xC4000150L),
    RMI_GRANULE_DELEGATE(0xC4000151L),
    RMI_GRANULE_UNDELEGATE(0xC4000152L),
    RMI_DATA_CREATE(0xC4000153L),
    RMI_DATA_CREATE_UNKNOWN(0xC4000154L),
    RMI_DATA_DESTROY(0xC4000155L),
    RMI_REALM_ACTIVATE(0xC4000157L),
    RMI_REALM_CREATE(0xC4000158L),
    RMI_REALM_DESTROY(0xC4000159L),
    RMI_REC_CREATE(0xC400015AL),
    RMI_REC_DESTROY(0xC400015BL),
    RMI_REC_ENTER(0xC400015CL),
    RMI_RTT_CREATE(0xC400015DL),
    RMI_RTT_DESTROY(0xC400015EL),
    RMI_RTT_MAP_UNPROTECTED(0xC400015FL),
    RMI_RTT_READ_ENTRY(0xC4000161L),
    RMI_RTT_UNMAP_UNPROTECTED(0xC4000162L),
    RMI_PSCI_COMPLETE(0xC4000164L),
    RMI_FEATURES(0xC4000165L),
    RMI_RTT_FOLD(0xC4000166L),
    RMI_REC_AUX_COUNT(0xC4000167L),
    RMI_RTT_INIT_RIPAS(0xC4000168L),
    RMI_RTT_SET_RIPAS(0xC4000169L);

    private static final @Nullable RmiCommand1_0[] BY_OFFSET = new RmiCommand1_0[0x1A];

    static {
        for (RmiCommand1_0 command : values()) {
            BY_OFFSET[(int) RmiCommand.offset(command.fid)] = command;
        }
    }

    private final long fid;

    RmiCommand1_0(long fid) {
        this.fid = fid;
    }

    @Override
    public long fid() {
        return fid;
    }

    /** The command with this FID, null if RMI 1.0 has none. */
    public static @Nullable RmiCommand1_0 of(long fid) {
        long offset = RmiCommand.offset(fid);
        return offset >= 0 && offset < BY_OFFSET.length ? BY_OFFSET[(int) offset] : null;
    }
}
