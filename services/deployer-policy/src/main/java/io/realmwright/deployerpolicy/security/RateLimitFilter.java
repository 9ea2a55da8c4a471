package io.realmwright.deployerpolicy.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Serves each caller of the API so often and no more, whether or not the operation is permitted. */
final class RateLimitFilter extends OncePerRequestFilter {
    private static final String API = "/v1/";

    private final RateLimit requests;
    private final Refusals refusals;

    RateLimitFilter(RateLimit requests, Refusals refusals) {
        this.requests = requests;
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(API);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = requests.draw(Caller.of(request));
        if (wait.isZero()) {
            chain.doFilter(request, response);
        } else {
            refusals.tooOften(request, response, wait);
        }
    }
}
