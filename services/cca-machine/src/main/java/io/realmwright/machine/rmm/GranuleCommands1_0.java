package io.realmwright.machine.rmm;

/** Delegation in RMM 1.0 (reference section 15): one granule a call, zeroed on its way in. */
final class GranuleCommands1_0 {
    private final RmmState rmm;

    GranuleCommands1_0(RmmState rmm) {
        this.rmm = rmm;
    }

    /** Zeroes: what the host had there never reaches a realm. */
    long delegate(long address) {
        if (!rmm.granules.is(address, GranuleState.NS)) {
            return RmiStatus.ERROR_INPUT;
        }
        rmm.memory.zeroGranule(address);
        rmm.granules.become(address, GranuleState.DELEGATED);
        return RmiStatus.SUCCESS;
    }

    /** Has nothing to scrub: a realm's contents were zeroed when it lost them. */
    long undelegate(long address) {
        if (!rmm.granules.is(address, GranuleState.DELEGATED)) {
            return RmiStatus.ERROR_INPUT;
        }
        rmm.granules.become(address, GranuleState.NS);
        return RmiStatus.SUCCESS;
    }
}
