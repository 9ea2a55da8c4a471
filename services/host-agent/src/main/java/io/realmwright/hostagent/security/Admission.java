package io.realmwright.hostagent.security;

/** Whom the service lets in, decided once at its start. */
enum Admission {
    /** Everybody with a token that is good. */
    TOKENS,
    /** Everybody on this machine. */
    LOOPBACK,
    /** Everybody. */
    EVERYBODY
}
