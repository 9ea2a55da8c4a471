package io.realmwright.machine.rmm;

/** What of X0 names the function of an SMC (reference section 2.1). */
final class FunctionId {
    /** Only W0 counts. */
    private static final long W0 = 0xffff_ffffL;
    /** A caller may hint that it has no SVE state to keep; the bit is no part of the function. */
    private static final long SVE_HINT = 1 << 16;

    private FunctionId() {}

    static long of(long x0) {
        return x0 & W0 & ~SVE_HINT;
    }

    /** The same where the reference does not strip the hint: in PSCI calls, and for a FID that is an argument. */
    static long hinted(long x0) {
        return x0 & W0;
    }
}
