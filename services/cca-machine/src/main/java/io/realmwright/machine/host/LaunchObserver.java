package io.realmwright.machine.host;

import io.realmwright.machine.rim.RimObserver;
import io.realmwright.machine.spec.IpaRange;
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

    /**
     * The host has declared a range RAM before activation, within {@link LaunchStep#INIT_RIPAS}.
     *
     * @param rmiCalls number of RMI calls that it took
     */
    default void declared(IpaRange range, long rmiCalls) {}

    /** Who hears of every extension of the realm's RIM; null if nobody wants to. */
    default @Nullable RimObserver rim() {
        return null;
    }
}
