package io.realmwright.deployerpolicy.event;

/** Where happenings are noted. */
public interface EventLog {
    /** Notes it in the transaction of the caller: it becomes an event if and when that commits. */
    void note(Happening happening);
}
