package io.realmwright.deployerpolicy.host;

import java.util.function.Function;

/** What came of a call to an agent. */
public sealed interface AgentAnswer<T> {
    /** The agent did what was asked. */
    record Ok<T>(T value) implements AgentAnswer<T> {}

    /** The agent answered that it will not or cannot; it may or may not have changed something. */
    record Refused<T>(AgentProblem problem) implements AgentAnswer<T> {}

    /**
     * Nobody knows whether the agent got the call.
     *
     * @param reason {@code UNREACHABLE}, {@code TIMED_OUT} or {@code BAD_ANSWER}
     */
    record NoAnswer<T>(Host.Reason reason, String message) implements AgentAnswer<T> {}

    default <R> AgentAnswer<R> map(Function<T, R> mapping) {
        return switch (this) {
            case Ok<T>(var value) -> new Ok<>(mapping.apply(value));
            case Refused<T>(var problem) -> new Refused<>(problem);
            case NoAnswer<T>(var reason, var message) -> new NoAnswer<>(reason, message);
        };
    }
}
