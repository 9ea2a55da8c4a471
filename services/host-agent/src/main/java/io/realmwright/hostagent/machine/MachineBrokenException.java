package io.realmwright.hostagent.machine;

/** The simulated machine threw something that it never should: its state is not to be trusted any more. */
final class MachineBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineBrokenException(RuntimeException cause) {
        super("the simulated machine is broken", cause);
    }
}
