package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.machine.host.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A realm as it came to life on a host.
 *
 * @param agentRealm the agent's id of it
 * @param rim lower-case hexadecimal digits
 * @param outcome null until its run has come to one
 */
public record Incarnation(
        UUID agentRealm,
        @Nullable String rim,
        long rmiCallsTotal,
        @Nullable Outcome outcome) {
    static Incarnation of(AgentRealm realm) {
        return new Incarnation(realm.id(), realm.rim(), realm.rmiCallsTotal(), realm.outcome());
    }
}
