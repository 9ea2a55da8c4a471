package io.realmwright.hostagent.machine;

import java.time.Duration;

/** Another request has been using the machine for longer than this one was ready to wait. */
public final class MachineBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String machine;
    private final Duration patience;

    MachineBusyException(String machine, Duration patience) {
        super("machine " + machine + " has been in use for " + patience);
        this.machine = machine;
        this.patience = patience;
    }

    public String machine() {
        return machine;
    }

    public Duration patience() {
        return patience;
    }
}
