package io.realmwright.machine.host;

import java.io.Serial;

/** The host has no VMID left for another realm. It unwinds the host's own call chain and becomes a result at its edge. */
final class OutOfVmidsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;
}
