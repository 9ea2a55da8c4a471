package io.realmwright.deployerpolicy.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a realm or a host.
 *
 * @param name of the realm or host
 * @param state the phase of a realm, or the state of a host, as it is afterwards
 * @param reason a code that says more than the state
 * @param version of the realm or host as it is afterwards
 */
public record Happening(
        Subject subject, String name, Change change, String state, Optional<String> reason, long version, Instant at) {
    /** What something happened to. */
    public enum Subject {
        REALM,
        HOST
    }

    /** What happened to it. */
    public enum Change {
        CREATED,
        CHANGED,
        DELETED
    }
}
