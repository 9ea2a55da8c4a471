package io.realmwright.deployerpolicy.security;

import io.realmwright.deployerpolicy.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses callers with a problem like every other error, and notes that in the log and on the audit trail. */
@Component
final class Refusals
        implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler, RequestRejectedHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    private final HandlerExceptionResolver problems;
    private final RefusalTrail trail;
    private final RateLimit refusals;

    Refusals(HandlerExceptionResolver handlerExceptionResolver, RefusalTrail trail, LimitProperties limits) {
        this.problems = handlerExceptionResolver;
        this.trail = trail;
        this.refusals = new RateLimit(limits.refusals(), limits.callersMax());
    }

    /** No token, or none that is good. */
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authentication) {
        boolean presented = authentication instanceof OAuth2AuthenticationException;
        var problem = Problem.UNAUTHENTICATED.because(
                presented
                        ? "The token is not good here: " + authentication.getMessage() + "."
                        : "The operation needs a token: Authorization: Bearer ….");
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, presented ? "Bearer error=\"invalid_token\"" : "Bearer");
        refuse(request, response, problem);
    }

    /** A token was presented, and could not be accepted, or cannot be judged at present. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        if (failure instanceof IssuerUnavailableException) {
            LOG.error("Tokens cannot be judged.", failure);
            problems.resolveException(
                    request,
                    response,
                    null,
                    retryLater(Problem.ISSUER_UNAVAILABLE.because(
                            "The issuer's keys cannot be read; nothing was done. Ask again.")));
            return;
        }
        commence(request, response, failure);
    }

    private static ErrorResponseException retryLater(ErrorResponseException problem) {
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem;
    }

    /** A good token without the scope. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) {
        var problem = denied instanceof MissingScopeException missing
                ? Problem.INSUFFICIENT_SCOPE.because(
                        "The operation needs the scope " + missing.scope().word() + ".",
                        Map.of("scope", missing.scope().word()))
                : Problem.INSUFFICIENT_SCOPE.because("No token permits this operation.");
        problem.getHeaders()
                .set(
                        HttpHeaders.WWW_AUTHENTICATE,
                        denied instanceof MissingScopeException missing
                                ? "Bearer error=\"insufficient_scope\", scope=\""
                                        + missing.scope().word() + "\""
                                : "Bearer error=\"insufficient_scope\"");
        refuse(request, response, problem);
    }

    /** A request that is shaped to get around rules, such as a path with encoded dots. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected) {
        refuse(
                request,
                response,
                Problem.UNREADABLE_REQUEST.because("No client needs such a request: " + rejected.getMessage()));
    }

    /** The caller has used up what it may ask for. */
    void tooOften(HttpServletRequest request, HttpServletResponse response, Duration wait) {
        trail.note(request, Problem.TOO_MANY_REQUESTS.status().value());
        tellTooOften(request, response, wait);
    }

    /** Whoever is refused over and over again is told to wait instead; that is cheap, and leaves no further trace. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, ErrorResponseException problem) {
        Duration wait = refusals.draw(request.getRemoteAddr());
        if (wait.isPositive()) {
            tellTooOften(request, response, wait);
            return;
        }
        trail.note(request, problem.getStatusCode().value());
        LOG.info(
                "A caller was refused. status={} method={} path={} from={}",
                problem.getStatusCode().value(),
                request.getMethod(),
                request.getRequestURI(),
                request.getRemoteAddr());
        problems.resolveException(request, response, null, problem);
    }

    private void tellTooOften(HttpServletRequest request, HttpServletResponse response, Duration wait) {
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        var problem = Problem.TOO_MANY_REQUESTS.because("Ask again in " + seconds + " s; nothing was done.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.resolveException(request, response, null, problem);
    }
}
