package io.realmwright.deployerpolicy.grant;

/** Signs grants. */
public interface GrantSigner {
    /** The grant as a compact JWS. */
    String sign(GrantClaims claims);

    /** The public keys that verify grants, as a JWK set in JSON. */
    String publicKeys();
}
