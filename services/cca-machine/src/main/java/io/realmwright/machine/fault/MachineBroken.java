package io.realmwright.machine.fault;

/**
 * The machine contradicts itself, which is a bug of the machine and nobody's plan. It has stopped: it answers no further
 * call, and only a boot helps.
 */
public final class MachineBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;

    /**
     * The machine broke while it served a call.
     *
     * @param call the call with its arguments, for example {@code RMI_REALM_ACTIVATE(0x8000000000)}
     */
    public MachineBroken(String call, RuntimeException cause) {
        super("the simulated machine broke at " + call + ": " + cause.getMessage(), cause);
        this.call = call;
    }

    public String call() {
        return call;
    }
}
