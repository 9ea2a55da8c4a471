package io.realmwright.machine.rmm;

import org.jspecify.annotations.Nullable;

/** The commands of RMI 2.0 that have a handler, with their FIDs (reference section 3.1). */
public enum RmiCommand implements RmiFunction {
    RMI_VERSION(0xC4000150L),
    RMI_RTT_DATA_MAP_INIT(0xC4000153L),
    RMI_REALM_ACTIVATE(0xC4000157L),
    RMI_REALM_CREATE(0xC4000158L),
    RMI_REALM_DESTROY(0xC4000159L),
    RMI_REC_CREATE(0xC400015AL),
    RMI_REC_DESTROY(0xC400015BL),
    RMI_REC_ENTER(0xC400015CL),
    RMI_RTT_CREATE(0xC400015DL),
    RMI_RTT_DESTROY(0xC400015EL),
    RMI_RTT_READ_ENTRY(0xC4000161L),
    RMI_PSCI_COMPLETE(0xC4000164L),
    RMI_FEATURES(0xC4000165L),
    RMI_RTT_FOLD(0xC4000166L),
    RMI_RTT_INIT_RIPAS(0xC4000168L),
    RMI_RTT_SET_RIPAS(0xC4000169L),
    RMI_RMM_CONFIG_SET(0xC400016EL),
    RMI_GRANULE_TRACKING_GET(0xC40001E1L),
    RMI_RMM_CONFIG_GET(0xC40001ECL),
    RMI_GRANULE_RANGE_DELEGATE(0xC40001F1L),
    RMI_GRANULE_RANGE_UNDELEGATE(0xC40001F2L),
    RMI_GPT_L1_CREATE(0xC40001F3L),
    RMI_RTT_DATA_MAP(0xC40001F5L),
    RMI_RTT_DATA_UNMAP(0xC40001F6L),
    RMI_RTT_UNPROT_MAP(0xC40001FBL),
    RMI_RTT_UNPROT_UNMAP(0xC40001FCL),
    RMI_REALM_TERMINATE(0xC4000201L),
    RMI_RMM_ACTIVATE(0xC4000202L),
    RMI_OP_CONTINUE(0xC4000203L),
    RMI_OP_MEM_DONATE(0xC4000208L),
    RMI_OP_MEM_RECLAIM(0xC4000209L),
    RMI_OP_CANCEL(0xC400020AL);

    private static final long FIRST_FID = 0xC4000150L;
    private static final @Nullable RmiCommand[] BY_OFFSET = new RmiCommand[0xBB];

    static {
        for (RmiCommand command : values()) {
            BY_OFFSET[(int) (command.fid - FIRST_FID)] = command;
        }
    }

    /** A caller may hint that it has no SVE state to keep; the bit is no part of the function. */
    private static final long SVE_HINT = 1 << 16;

    private final long fid;

    RmiCommand(long fid) {
        this.fid = fid;
    }

    @Override
    public long fid() {
        return fid;
    }

    /** How far behind the first FID of the RMI a caller's FID lies; negative before it. */
    static long offset(long fid) {
        return (fid & 0xffff_ffffL & ~SVE_HINT) - FIRST_FID;
    }

    /** The command with this FID, null if the RMM has none. */
    public static @Nullable RmiCommand of(long fid) {
        long offset = offset(fid);
        return offset >= 0 && offset < BY_OFFSET.length ? BY_OFFSET[(int) offset] : null;
    }

    /** The command with this name, null if there is none. */
    public static @Nullable RmiCommand named(String name) {
        for (RmiCommand command : values()) {
            if (command.name().equals(name)) {
                return command;
            }
        }
        return null;
    }
}
