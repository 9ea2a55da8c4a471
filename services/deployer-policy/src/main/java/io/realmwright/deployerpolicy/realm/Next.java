package io.realmwright.deployerpolicy.realm;

import java.time.Duration;

/** When somebody should look at a realm again. */
public sealed interface Next {
    /** There is more to do right now. */
    record Again() implements Next {}

    /** A call got no clear answer: make it again after a pause that grows with every try. */
    record Retry() implements Next {}

    /** Nothing can be done before this time has passed. */
    record Later(Duration pause) implements Next {}

    /** Nothing is to be done until something happens: a wish, or a change of a host. */
    record Settled() implements Next {}
}
