package io.realmwright.hostagent.machine;

import io.realmwright.machine.fault.MachineBroken;
import java.util.Optional;

/** The machine contradicted itself and is not trusted any more. It has been booted anew; its realms are LOST. */
public final class MachineBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String machine;

    MachineBrokenException(String machine, RuntimeException cause) {
        super("machine " + machine + " is broken", cause);
        this.machine = machine;
    }

    public String machine() {
        return machine;
    }

    /** The RMI call at which it broke; empty if it was not at one. */
    public Optional<String> call() {
        return getCause() instanceof MachineBroken broken ? Optional.of(broken.call()) : Optional.empty();
    }
}
