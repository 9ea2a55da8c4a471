package io.realmwright.deployerpolicy.impact;

import io.realmwright.deployerpolicy.decision.DecisionRequest;

/** Something that was asked of the policies once. Its request is read when it is needed, by whichever thread needs it. */
public interface Asked {
    /** Its place among the others, for the page after it. */
    String key();

    /** For example {@code realm/first} or {@code decision/…}. */
    String subject();

    DecisionRequest request();
}
