package io.realmwright.deployerpolicy.realm;

import java.util.Optional;
import java.util.UUID;

/** Which trace asked for work on a realm, so that the work can link back to it. */
public interface RealmTraces {
    /** Remembers a trace as W3C's {@code traceparent}, in place of the one before. */
    void remember(UUID realm, String traceparent);

    Optional<String> find(UUID realm);
}
