package io.realmwright.hostagent.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where callers are not asked who they are, every page in a browser nearby could do everything, unless it is told apart: a
 * page from elsewhere says so in {@code Sec-Fetch-Site}, and one that has pointed its own name here (DNS rebinding) names
 * itself in {@code Host}.
 */
final class ForeignPageFilter extends OncePerRequestFilter {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    private final Refusals refusals;
    private final boolean localNamesOnly;

    /** @param localNamesOnly whether whoever calls must call this service by a name of this machine's own */
    ForeignPageFilter(Refusals refusals, boolean localNamesOnly) {
        this.refusals = refusals;
        this.localNamesOnly = localNamesOnly;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean foreign = "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                || (localNamesOnly && !isLocal(request.getServerName()));
        if (foreign) {
            refusals.handle(request, response, new AccessDeniedException("a page from elsewhere"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isLocal(String name) {
        if (name.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            // An address in digits: nothing is looked up.
            return ADDRESS.matcher(name).matches()
                    && InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
