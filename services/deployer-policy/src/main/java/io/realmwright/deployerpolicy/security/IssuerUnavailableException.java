package io.realmwright.deployerpolicy.security;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtException;

/** Whether a token is good cannot be found out at present. */
final class IssuerUnavailableException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    IssuerUnavailableException(JwtException cause) {
        super("The issuer of tokens cannot be asked", cause);
    }
}
