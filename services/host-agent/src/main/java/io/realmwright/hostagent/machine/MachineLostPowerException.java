package io.realmwright.hostagent.machine;

import io.realmwright.machine.fault.PowerLoss;

/** The machine lost power during the request. It has been booted anew; its realms are LOST. */
public final class MachineLostPowerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String machine;

    MachineLostPowerException(String machine, PowerLoss cause) {
        super("machine " + machine + " lost power", cause);
        this.machine = machine;
    }

    public String machine() {
        return machine;
    }
}
