package io.realmwright.deployerpolicy.realm;

import java.time.Instant;

/** What becomes of a realm, told of the realm as it is by then. */
@FunctionalInterface
interface Change {
    /** Answers the realm unchanged if the change no longer applies. */
    Realm apply(Realm current, Instant now);
}
