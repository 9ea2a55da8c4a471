package io.realmwright.machine.host;

import io.realmwright.machine.rim.RimObserver;
import org.jspecify.annotations.Nullable;

/** Sees a launch as it goes. */
public interface LaunchObserver {
    LaunchObserver NONE = (step, rmiCalls) -> {};

    /**
     * A step has been carried out.
     *
     * @param rmiCalls number of RMI calls that it took
     */
    void completed(LaunchStep step, long rmiCalls);

    /** Who hears of every extension of the realm's RIM; null if nobody wants to. */
    default @Nullable RimObserver rim() {
        return null;
    }
}
