package io.realmwright.deployerpolicy.host;

import io.realmwright.machine.host.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A realm as its agent knows it.
 *
 * @param rim hexadecimal, null before there is one
 * @param outcome null while it has not run to an outcome
 */
public record AgentRealm(
        UUID id,
        UUID launchId,
        UUID bootId,
        State state,
        @Nullable String rim,
        long rmiCallsTotal,
        @Nullable Outcome outcome,
        @Nullable AgentProblem failure) {
    /** The agent's word for how far it is. */
    public enum State {
        LAUNCHING,
        ACTIVE,
        RUNNING,
        STOPPED,
        FAILED,
        LOST
    }
}
