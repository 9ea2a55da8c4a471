package io.realmwright.machine.host;

import org.jspecify.annotations.Nullable;

/** What came of asking a realm for a token. */
public sealed interface TokenAnswer {
    /** The bytes that the guest handed over. The host cannot tell whether they are what the RMM gave the guest. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(byte[] token) implements TokenAnswer {}

    /** The RMM refused the guest's call with this RSI status. */
    record RefusedByRmm(long status) implements TokenAnswer {}

    /** The guest hands over more than any token has. */
    record TooLong() implements TokenAnswer {}

    /** The guest has booted, and no step of it asks for challenges. */
    record NoAttestationStep() implements TokenAnswer {}

    /** The guest does not run: it never did if there is no outcome, and it may have died of this very request. */
    record NotRunning(@Nullable Outcome outcome) implements TokenAnswer {}
}
