package io.realmwright.machine.trace;

/** A text that is not JSON, or is larger or deeper than what a reader takes. */
final class JsonSyntaxException extends Exception {
    /** @param column of the character that cannot stand there, from 1 */
    JsonSyntaxException(String message, int column) {
        super("column " + column + ": " + message);
    }
}
