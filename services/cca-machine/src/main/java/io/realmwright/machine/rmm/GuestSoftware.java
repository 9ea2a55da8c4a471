package io.realmwright.machine.rmm;

/** What runs in the realms of a machine. */
@FunctionalInterface
public interface GuestSoftware {
    /**
     * Runs a vCPU until it traps to R-EL2. The RMM calls it again, within the same RMI_REC_ENTER, after every trap that
     * it serves itself; the results of an SMC are then in the registers. The results of an SMC that exited to the host
     * are there when that vCPU is next run.
     */
    Trap run(VirtualCpu cpu);
}
