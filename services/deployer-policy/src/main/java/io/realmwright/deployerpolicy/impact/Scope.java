package io.realmwright.deployerpolicy.impact;

import java.time.Instant;

/** What is judged anew. */
public sealed interface Scope {
    /** Every realm that is there. */
    record Realms() implements Scope {}

    /** Every decision that was kept from {@code from} on and before {@code until}. */
    record Requests(Instant from, Instant until) implements Scope {}
}
