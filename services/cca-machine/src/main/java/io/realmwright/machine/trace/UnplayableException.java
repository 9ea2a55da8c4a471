package io.realmwright.machine.trace;

/** A well-formed line that this machine cannot play: it names what does not exist, or costs more than is allowed. */
final class UnplayableException extends Exception {
    private final String reason;

    UnplayableException(String message) {
        super(message);
        this.reason = message;
    }

    String reason() {
        return reason;
    }
}
