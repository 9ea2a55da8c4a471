package io.realmwright.machine.rmm;

import org.jspecify.annotations.Nullable;

/** The RSI commands that a realm may call, with their FIDs (reference section 3.3). */
public enum RsiCommand {
    RSI_VERSION(0xC4000190L),
    RSI_FEATURES(0xC4000191L),
    RSI_MEASUREMENT_READ(0xC4000192L),
    RSI_MEASUREMENT_EXTEND(0xC4000193L),
    RSI_ATTEST_TOKEN_INIT(0xC4000194L),
    RSI_ATTEST_TOKEN_CONTINUE(0xC4000195L),
    RSI_REALM_CONFIG(0xC4000196L),
    RSI_IPA_STATE_SET(0xC4000197L),
    RSI_IPA_STATE_GET(0xC4000198L),
    RSI_HOST_CALL(0xC4000199L),
    RSI_MEM_GET_PERM_VALUE(0xC40001A0L),
    RSI_MEM_SET_PERM_VALUE(0xC40001A2L),
    RSI_PLANE_ENTER(0xC40001A3L);

    private final long fid;

    RsiCommand(long fid) {
        this.fid = fid;
    }

    public long fid() {
        return fid;
    }

    /** The command with this FID, null if a realm gets NOT_SUPPORTED for it. */
    public static @Nullable RsiCommand of(long fid) {
        for (RsiCommand command : values()) {
            if (command.fid == fid) {
                return command;
            }
        }
        return null;
    }
}
