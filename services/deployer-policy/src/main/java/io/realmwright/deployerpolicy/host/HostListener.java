package io.realmwright.deployerpolicy.host;

/** Hears of what happens to hosts, inside the transaction that records it. */
public interface HostListener {
    /** The machine booted anew: what ran on it is gone. */
    void rebooted(Host host);

    /** Something changed that may let waiting realms be placed. */
    void changed(Host host);

    /** The host is no longer registered. */
    void removed(String host);

    /** Whether anything still needs the host. */
    boolean isInUse(String host);
}
