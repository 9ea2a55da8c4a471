package io.realmwright.deployerpolicy.actor;

/** Tells who is acting. */
public interface Actors {
    /** Whoever acts without saying who it is. */
    String ANONYMOUS = "anonymous";

    /** The service, when it goes on with work that nobody asks for at the moment. */
    String SERVICE = "deployer-policy";

    /** The acting person or program. */
    String acting();
}
