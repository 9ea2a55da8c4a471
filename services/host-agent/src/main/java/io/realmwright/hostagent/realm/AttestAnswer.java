package io.realmwright.hostagent.realm;

/** What came of a request for a token. */
public sealed interface AttestAnswer {
    /** What the guest handed over: CBOR, if the guest is honest. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(Realm realm, byte[] token) implements AttestAnswer {}

    /** Its guest does not run: not yet, not any more, or it has just died. */
    record NotRunning(Realm realm) implements AttestAnswer {}

    /** No step of its guest answers challenges. */
    record NoAttestationStep(Realm realm) implements AttestAnswer {}

    /** The guest tried and has no token to show. */
    record NotMade(Realm realm, String reason) implements AttestAnswer {}

    record NoSuchRealm() implements AttestAnswer {}
}
