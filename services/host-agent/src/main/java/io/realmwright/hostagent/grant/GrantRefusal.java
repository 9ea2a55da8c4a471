package io.realmwright.hostagent.grant;

/** Why a grant does not permit a launch. The names are part of the API. */
public enum GrantRefusal {
    MISSING("this agent launches nothing without a grant"),
    MALFORMED("the grant is not a compact JWS with the claims of a grant"),
    WRONG_TYPE("the grant's header does not have the type realmwright-grant+jwt"),
    WRONG_ALGORITHM("the grant is not signed with ES256"),
    UNKNOWN_KEY("the agent has no key with the grant's key id"),
    KEY_NOT_VALID("the grant's key is not valid at this time"),
    KEYS_UNREADABLE("the agent cannot read its file of grant keys"),
    BAD_SIGNATURE("the grant's signature is wrong"),
    WRONG_ISSUER("the grant was not issued by realmwright"),
    WRONG_HOST("the grant is for another host"),
    WRONG_MACHINE("the grant is for another machine"),
    WRONG_LAUNCH("the grant is for another launch"),
    NOT_YET_VALID("the grant was issued in the future"),
    EXPIRED("the grant has expired"),
    SPEC_ALTERED("the realm spec is not the one that was granted"),
    PLAN_ALTERED("the launch plan is not the one that was granted"),
    RPV_NOT_BOUND("the personalization value is not the SHA-512 of the grant"),
    REPLAYED("the grant has been used");

    private final String explanation;

    GrantRefusal(String explanation) {
        this.explanation = explanation;
    }

    /** One clause for people. */
    public String explanation() {
        return explanation;
    }
}
