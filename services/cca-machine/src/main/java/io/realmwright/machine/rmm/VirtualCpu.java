package io.realmwright.machine.rmm;

import io.realmwright.machine.guest.Access;

/** The part of a REC that the guest can see: its registers, and memory through the stage-2 tables. */
public final class VirtualCpu {
    static final int REGISTERS = 31;

    private final long recAddress;
    private final Stage2 stage2;

    final long[] registers = new long[REGISTERS];
    long pc;
    long esr;
    long far;
    long hpfar;
    private boolean abortPending;

    VirtualCpu(long recAddress, Stage2 stage2) {
        this.recAddress = recAddress;
        this.stage2 = stage2;
    }

    /** The address of its REC granule: who it is. */
    public long recAddress() {
        return recAddress;
    }

    /** X0 to X30. */
    public long register(int n) {
        return registers[n];
    }

    public void register(int n, long value) {
        registers[n] = value;
    }

    /** The address of the next instruction; emulation by the host moves it on. */
    public long pc() {
        return pc;
    }

    /** What ESR_EL2, FAR_EL2 and HPFAR_EL2 hold when {@link Trap#SYNC} is returned. */
    public void syndrome(long esr, long far, long hpfar) {
        this.esr = esr;
        this.far = far;
        this.hpfar = hpfar;
    }

    public long esr() {
        return esr;
    }

    public long far() {
        return far;
    }

    public long hpfar() {
        return hpfar;
    }

    /**
     * Touches eight bytes of memory through stage 2.
     *
     * @param value what a write stores
     * @return whether it succeeded; if not, the syndrome has been set and {@link Trap#SYNC} is due
     */
    public boolean touch(Access access, long ipa, long value) {
        return stage2.touch(this, access, ipa, value);
    }

    /** Whether an exception was injected since the last call: a synchronous external abort, or an undefined one. */
    public boolean takeInjectedAbort() {
        boolean pending = abortPending;
        abortPending = false;
        return pending;
    }

    void injectAbort() {
        abortPending = true;
    }

    /** Puts an SMC's results into X0 to X3; the rest is the caller's. */
    void answer(long x0, long x1, long x2, long x3) {
        registers[0] = x0;
        registers[1] = x1;
        registers[2] = x2;
        registers[3] = x3;
    }
}
