package io.realmwright.deployerpolicy.event;

/** That happenings were noted, and are to be published once the transaction has committed. */
public record Noted() {}
