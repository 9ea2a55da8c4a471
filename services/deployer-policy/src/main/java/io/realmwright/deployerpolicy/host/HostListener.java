package io.realmwright.deployerpolicy.host;

/** Hears of what happens to hosts, inside the transaction that records it. */
public interface HostListener {
    /**
     * The machine booted anew: what ran on it is gone.
     *
     * @param before the host as it was known until now; if it has a report, that boot is over
     * @param host with the report of another boot, which need not be the latest any more
     */
    void rebooted(Host before, Host host);

    /** Something changed that may let waiting realms be placed. */
    void changed(Host host);

    /** The agent answers again, and those who gave it a rest need not wait any longer. */
    void answersAgain(Host host);

    /** The host has been silent for too long: what runs on it is given up. */
    void gone(Host host);

    /** The host's realms are to go elsewhere. Heard again and again until the host is no longer draining. */
    void draining(Host host);

    /** The host is no longer registered. */
    void removed(Host host);

    /** Whether anything still needs the host. */
    boolean isInUse(String host);
}
