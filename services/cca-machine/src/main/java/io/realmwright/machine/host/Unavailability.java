package io.realmwright.machine.host;

/** Why a host cannot carry out a plan. Named in decisions and in placement; never papered over. */
public enum Unavailability {
    /** The KVM UABI has no way to declare memory in this RIPAS mode. */
    MODE_UNAVAILABLE("the host's KVM UABI cannot declare memory in this mode"),
    /** The KVM UABI has no way to answer the guest's RAM requests like this. */
    VERDICT_UNAVAILABLE("the host's KVM UABI cannot give this run-time verdict"),
    /** The KVM UABI has no way to choose this hash algorithm. */
    HASH_UNAVAILABLE("the host's KVM UABI cannot choose this hash algorithm"),
    /** The KVM UABI cannot set the RPV, so the token cannot name the grant. */
    GRANT_NOT_IN_TOKEN("the host's KVM UABI cannot set the RPV, so the token would not name the grant");

    private final String explanation;

    Unavailability(String explanation) {
        this.explanation = explanation;
    }

    /** One clause for people. */
    public String explanation() {
        return explanation;
    }
}
