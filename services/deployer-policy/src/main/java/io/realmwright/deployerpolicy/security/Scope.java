package io.realmwright.deployerpolicy.security;

/** What a token may permit; the same words as in the contract. */
enum Scope {
    POLICY_WRITE("policy:write"),
    /** Makes a revision the one that decides. */
    POLICY_PUBLISH("policy:publish"),
    /** Everything that there is to read but the audit trail. */
    REALM_READ("realm:read"),
    REALM_WRITE("realm:write"),
    /** Hosts, and the quotas on them. */
    HOST_WRITE("host:write"),
    AUDIT_READ("audit:read");

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
