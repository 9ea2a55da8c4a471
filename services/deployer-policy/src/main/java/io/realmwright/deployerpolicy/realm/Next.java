package io.realmwright.deployerpolicy.realm;

import java.time.Duration;
import java.util.Optional;

/** When somebody should look at a realm again. */
public sealed interface Next {
    /** There is more to do right now, once somebody has looked at what is wanted by now. */
    record Again() implements Next {}

    /**
     * There is more to do right now, and nothing else is wanted than before.
     *
     * @param realm as it was just recorded
     */
    record Onward(Realm realm) implements Next {}

    /** A call got no clear answer: make it again after a pause that grows with every try. */
    record Retry() implements Next {}

    /** Nothing can be done before this time has passed. */
    record Later(Duration pause) implements Next {}

    /** Nothing is to be done until something happens: a wish, or a change of a host. */
    record Settled() implements Next {}

    /** What follows a record of the realm; nothing if it is gone. */
    static Next after(Optional<Realm> recorded) {
        return recorded.<Next>map(Onward::new).orElseGet(Settled::new);
    }
}
