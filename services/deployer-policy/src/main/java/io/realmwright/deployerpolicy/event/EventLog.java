package io.realmwright.deployerpolicy.event;

/** Where happenings are noted. */
public interface EventLog {
    /**
     * Notes what happened, in that order and in the transaction of the caller: it becomes events if and when that commits.
     */
    void note(Happening... happenings);
}
