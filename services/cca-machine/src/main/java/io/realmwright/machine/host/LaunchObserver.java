package io.realmwright.machine.host;

/** Sees a launch as it goes. */
public interface LaunchObserver {
    LaunchObserver NONE = (step, rmiCalls) -> {};

    /**
     * A step has been carried out.
     *
     * @param rmiCalls number of RMI calls that it took
     */
    void completed(LaunchStep step, long rmiCalls);
}
