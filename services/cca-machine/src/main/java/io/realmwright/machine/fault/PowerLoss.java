package io.realmwright.machine.fault;

/** The machine has no power: its realms and all memory contents are gone, and only a boot helps. */
public final class PowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PowerLoss(String command) {
        super("the simulated machine lost power at " + command);
    }
}
