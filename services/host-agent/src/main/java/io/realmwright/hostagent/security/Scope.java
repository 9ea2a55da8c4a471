package io.realmwright.hostagent.security;

/** What a token may permit; the same words as in the contract. */
enum Scope {
    REALM_READ("realm:read"),
    REALM_WRITE("realm:write"),
    /** Raw RMI calls, faults, replays and reboots: behind the back of the deployer's control plane. */
    MACHINE_DEBUG("machine:debug");

    private static final String AUTHORITY_PREFIX = "SCOPE_"; // Spring Security's

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    String authority() {
        return AUTHORITY_PREFIX + word;
    }
}
