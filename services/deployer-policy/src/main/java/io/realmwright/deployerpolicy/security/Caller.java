package io.realmwright.deployerpolicy.security;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** Who a request comes from, as far as anybody can tell. */
final class Caller {
    private Caller() {}

    /** Whom the token names, or else the address. */
    static String of(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? "address/" + request.getRemoteAddr() : "subject/" + principal.getName();
    }
}
