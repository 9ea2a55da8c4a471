package io.realmwright.deployerpolicy.realm;

import java.util.UUID;

/**
 * A launch that is to be ended and followed by another one. Realms do not migrate: the next launch begins with a new
 * decision, a new grant and none of the memory of this one.
 */
public record Outgoing(UUID launch, Reason reason) {
    /** Why the launch has to make way. */
    public enum Reason {
        RESTART("The realm is stopped, to be launched anew."),
        DRAIN("The host is being drained: the realm is stopped, to be launched anew elsewhere.");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }
}
