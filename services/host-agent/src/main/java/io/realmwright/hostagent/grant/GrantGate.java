package io.realmwright.hostagent.grant;

import org.jspecify.annotations.Nullable;

/** Decides whether a launch may go ahead: {@link GrantVerifier}, or {@link #OPEN} where the operator chose so. */
@FunctionalInterface
public interface GrantGate {
    /** Open mode: whoever reaches the agent may launch. Only for a loopback address. */
    GrantGate OPEN = (_, _) -> new GrantVerdict.NotAsked();

    GrantVerdict check(@Nullable String compactJws, GrantSubject subject);
}
