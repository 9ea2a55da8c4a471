package io.realmwright.machine.rmm;

/** The RMI status codes and how they are packed into X0 (RmiResult). */
public final class RmiStatus {
    public static final long SUCCESS = 0;
    static final long ERROR_INPUT = 1;
    public static final long ERROR_REALM = 2;
    static final long ERROR_REC = 3;
    public static final long ERROR_RTT = 4;
    public static final long BUSY = 10;
    static final long ERROR_GLOBAL = 11;
    public static final long INCOMPLETE = 13;
    public static final long BLOCKED = 14;
    static final long ERROR_GPT = 15;
    static final long ERROR_GRANULE = 16;

    /** What X0 holds for a FID that the RMM does not know. */
    public static final long NOT_SUPPORTED = -1;

    private static final int INDEX_SHIFT = 8;

    private static final String[] NAMES = {
        "RMI_SUCCESS",
        "RMI_ERROR_INPUT",
        "RMI_ERROR_REALM",
        "RMI_ERROR_REC",
        "RMI_ERROR_RTT",
        "RMI_ERROR_NOT_SUPPORTED",
        "RMI_ERROR_DEVICE",
        "RMI_ERROR_RTT_AUX",
        "RMI_ERROR_PSMMU_ST",
        "RMI_ERROR_DPT",
        "RMI_BUSY",
        "RMI_ERROR_GLOBAL",
        "RMI_ERROR_TRACKING",
        "RMI_INCOMPLETE",
        "RMI_BLOCKED",
        "RMI_ERROR_GPT",
        "RMI_ERROR_GRANULE",
    };

    private RmiStatus() {}

    /** X0 of a refused walk: the level where it stopped is the index. */
    static long errorRtt(int level) {
        return pack(ERROR_RTT, level);
    }

    static long incomplete(MemoryRequest request) {
        return pack(INCOMPLETE, request.code);
    }

    /** What a stateful operation asks the host for (bits 9:8 of X0). */
    public enum MemoryRequest {
        NONE(0),
        DONATE(1),
        RECLAIM(2);

        private final int code;

        MemoryRequest(int code) {
            this.code = code;
        }

        /** The request in an X0 that is RMI_INCOMPLETE. */
        public static MemoryRequest in(long x0) {
            return switch (indexOf(x0) & 3) {
                case 1 -> DONATE;
                case 2 -> RECLAIM;
                default -> NONE;
            };
        }
    }

    /** X0 for a status and its index, 0 to 255. */
    public static long pack(long status, int index) {
        return status | ((index & 0xffL) << INDEX_SHIFT);
    }

    /** The status in X0. */
    public static int statusOf(long x0) {
        return (int) (x0 & 0xff);
    }

    /** The index in X0; the RTT level for RMI_ERROR_RTT. */
    public static int indexOf(long x0) {
        return (int) (x0 >>> INDEX_SHIFT) & 0xff;
    }

    /** The name of the status in X0, or the register in hexadecimal digits where there is none. */
    public static String nameOf(long x0) {
        int status = statusOf(x0);
        return x0 != NOT_SUPPORTED && status < NAMES.length ? NAMES[status] : "0x" + Long.toHexString(x0);
    }

    /** The code of a status by its name, -1 if there is no such status. */
    public static int named(String name) {
        for (int status = 0; status < NAMES.length; status++) {
            if (NAMES[status].equals(name)) {
                return status;
            }
        }
        return -1;
    }
}
