package io.realmwright.machine.rmm;

import java.util.Arrays;

/**
 * RmiRecRun: the page through which host and RMM talk about one entry (reference section 5.3). The exit half is built
 * here and written whole, so that fields which an exit does not use are zero.
 */
public final class RunPage {
    public static final int ENTER_FLAGS = 0x0;
    public static final int ENTER_GPRS = 0x200;
    /** Where the exit half begins; the offsets below are from there. */
    public static final int EXIT = 0x800;

    public static final int EXIT_REASON = 0x0;
    public static final int ESR = 0x100;
    public static final int FAR = 0x108;
    public static final int HPFAR = 0x110;
    public static final int GPRS = 0x200;
    public static final int RIPAS_BASE = 0x500;
    public static final int RIPAS_TOP = 0x508;
    public static final int RIPAS_VALUE = 0x510;
    public static final int HOST_CALL_IMM = 0x600;

    public static final long ENTER_EMUL_MMIO = 1;
    public static final long ENTER_INJECT_SEA = 1 << 1;
    public static final long ENTER_RIPAS_REJECT = 1 << 4;

    public static final long REASON_SYNC = 0;
    public static final long REASON_IRQ = 1;
    public static final long REASON_FIQ = 2;
    public static final long REASON_PSCI = 3;
    public static final long REASON_RIPAS_CHANGE = 4;
    public static final long REASON_HOST_CALL = 5;
    public static final long REASON_SERROR = 6;

    private final long[] exit = new long[EXIT / Long.BYTES];

    RunPage() {}

    void clear() {
        Arrays.fill(exit, 0);
    }

    void set(int offset, long value) {
        exit[offset / Long.BYTES] = value;
    }

    void setGpr(int register, long value) {
        set(GPRS + register * Long.BYTES, value);
    }

    void writeTo(PhysicalMemory memory, long page) {
        for (int i = 0; i < exit.length; i++) {
            memory.writeWord(page + EXIT + (long) i * Long.BYTES, exit[i]);
        }
    }
}
