package io.realmwright.machine.trace;

/**
 * An answer that is not the recorded one.
 *
 * @param file the name of the trace
 * @param line from 1
 * @param call the RMI call that gave the answer, or the last one before it
 * @param expected in the notation of the trace; of a long answer only the part that differs
 * @param actual likewise
 */
public record Difference(
        String file, long line, String call, Expectation expectation, String expected, String actual) {}
