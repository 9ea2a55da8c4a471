package io.realmwright.deployerpolicy.rest;

import io.realmwright.deployerpolicy.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Reads the document of a request, and refuses one that is larger than any sensible document. Images have a limit of their
 * own.
 */
@Component
@Order(DocumentFilter.AFTER_SECURITY)
class DocumentFilter extends OncePerRequestFilter {
    /** Nothing of a caller is read before it is known who calls. */
    static final int AFTER_SECURITY = SecurityFilterProperties.DEFAULT_FILTER_ORDER + 10;

    /** Ten thousand steps of a guest program and ten thousand characters for each of 256 rules fit in. */
    private static final int MAX_BYTES = 4 << 20;

    private final HandlerExceptionResolver problems;

    DocumentFilter(HandlerExceptionResolver handlerExceptionResolver) {
        this.problems = handlerExceptionResolver;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/v1/images/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            problems.resolveException(
                    request,
                    response,
                    null,
                    Problem.PAYLOAD_TOO_LARGE.because("A document has at most " + MAX_BYTES + " bytes."));
        } else {
            chain.doFilter(new BufferedRequest(request, body), response);
        }
    }
}
