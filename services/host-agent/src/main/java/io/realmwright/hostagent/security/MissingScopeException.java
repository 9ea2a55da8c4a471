package io.realmwright.hostagent.security;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;

/** The caller is known, and may not do this. */
final class MissingScopeException extends AuthorizationDeniedException {
    private static final long serialVersionUID = 1L;

    private final Scope scope;

    MissingScopeException(Scope scope) {
        super("the scope " + scope.word() + " is missing", new AuthorizationDecision(false));
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }
}
