package io.realmwright.machine.trace;

/** A line that is not a line of a trace: the message says what stands there that must not, or what is missing. */
final class TraceFormatException extends Exception {
    private final String reason;

    TraceFormatException(String message) {
        super(message);
        this.reason = message;
    }

    String reason() {
        return reason;
    }
}
