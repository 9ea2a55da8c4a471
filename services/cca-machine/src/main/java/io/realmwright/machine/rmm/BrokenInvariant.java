package io.realmwright.machine.rmm;

/** The machine contradicts itself. This is a bug of the machine, never an answer to a caller. */
public final class BrokenInvariant extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenInvariant(String message) {
        super(message);
    }
}
