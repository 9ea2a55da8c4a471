package io.realmwright.deployerpolicy.realm;

/** How a realm was lost. */
enum LossReason {
    HOST_REBOOTED("booted anew."),
    HOST_GONE("has been silent for too long."),
    HOST_REMOVED("is no longer registered."),
    UNKNOWN_TO_HOST("does not know the realm.");

    private final String predicate;

    LossReason(String predicate) {
        this.predicate = predicate;
    }

    String message(String host) {
        return "Host " + host + " " + predicate;
    }
}
