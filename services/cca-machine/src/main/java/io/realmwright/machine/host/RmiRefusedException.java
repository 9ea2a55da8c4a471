package io.realmwright.machine.host;

import java.io.Serial;

/** The RMM refused a command. It unwinds the host's own call chain and becomes a result at its edge. */
final class RmiRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient RmiRefusal refusal;

    RmiRefusedException(RmiRefusal refusal) {
        super(refusal.command() + " answered " + refusal.status() + " " + refusal.index());
        this.refusal = refusal;
    }

    RmiRefusal refusal() {
        return refusal;
    }
}
