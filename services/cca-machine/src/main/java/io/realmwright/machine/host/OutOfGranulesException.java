package io.realmwright.machine.host;

/** The host has no free granule left. It unwinds the host's own call chain and becomes a result at its edge. */
final class OutOfGranulesException extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfGranulesException() {
        super("no free granule");
    }
}
