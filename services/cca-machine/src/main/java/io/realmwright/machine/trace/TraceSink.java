package io.realmwright.machine.trace;

/** Takes the lines of a trace as they come. */
@FunctionalInterface
public interface TraceSink {
    TraceSink NONE = line -> {};

    /** One line of JSON without its line feed. */
    void line(String json);
}
