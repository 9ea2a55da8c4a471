package io.realmwright.machine.rmm;

/** Why a vCPU left the realm for R-EL2. */
public enum Trap {
    /** An SMC; FID and arguments are in its registers. */
    SMC,
    /** A synchronous exception; its syndrome has been set. */
    SYNC,
    IRQ,
    FIQ,
    SERROR
}
