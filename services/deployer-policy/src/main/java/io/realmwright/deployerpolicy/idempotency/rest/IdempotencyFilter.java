package io.realmwright.deployerpolicy.idempotency.rest;

import io.realmwright.deployerpolicy.idempotency.Answer;
import io.realmwright.deployerpolicy.idempotency.IdempotencyKey;
import io.realmwright.deployerpolicy.idempotency.IdempotentAnswers;
import io.realmwright.deployerpolicy.image.Sha256;
import io.realmwright.deployerpolicy.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives a repeated creating request the answer of the first one. The answer is stored in the transaction that created,
 * so there is one if and only if something was created.
 */
@Component
class IdempotencyFilter extends OncePerRequestFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final Set<String> CREATING = Set.of("/v1/policies", "/v1/decisions", "/v1/realms");
    private static final Set<String> REPLAYED_HEADERS =
            Set.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CONTENT_TYPE);
    private static final int DENIED = 403;

    /** Each holds a database connection for as long as it decides; the others are for everybody else. */
    private static final int AT_ONCE = 8;

    private final IdempotentAnswers answers;
    private final TransactionTemplate transactions;
    private final HandlerExceptionResolver problems;
    private final Clock clock;
    private final Semaphore atOnce = new Semaphore(AT_ONCE);

    IdempotencyFilter(
            IdempotentAnswers answers,
            PlatformTransactionManager transactions,
            HandlerExceptionResolver handlerExceptionResolver,
            Clock clock) {
        this.answers = answers;
        this.transactions = new TransactionTemplate(transactions);
        this.problems = handlerExceptionResolver;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod())
                || !CREATING.contains(request.getRequestURI())
                || request.getHeader(HEADER) == null
                || isDryRun(request);
    }

    /** A dry run creates nothing, so there is nothing to remember. */
    private static boolean isDryRun(HttpServletRequest request) {
        return "true".equals(request.getParameter("dryRun"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = new IdempotencyKey(request.getMethod() + " " + request.getRequestURI(), request.getHeader(HEADER));
        atOnce.acquireUninterruptibly();
        try {
            check(key.value());
            byte[] body = request.getInputStream().readAllBytes();
            String digest = digest(request.getQueryString(), body);
            // Nothing in it calls an agent: a creating request only decides and stores.
            transactions.executeWithoutResult(status -> {
                if (!answers.claim(key)) {
                    throw Problem.REQUEST_IN_FLIGHT.because(
                            "A request with this idempotency key is being carried out.");
                }
                Optional<Answer> known = answers.find(key);
                if (known.isPresent()) {
                    replay(known.get(), digest, response);
                } else if (!carryOut(key, digest, request, response, chain)) {
                    status.setRollbackOnly();
                }
            });
        } catch (ErrorResponseException e) {
            problems.resolveException(request, response, null, e);
        } finally {
            atOnce.release();
        }
    }

    private static void check(String value) {
        if (value.isBlank() || value.length() > 255) {
            throw Problem.UNREADABLE_REQUEST.because("An idempotency key has 1 to 255 characters.");
        }
    }

    private static String digest(@Nullable String query, byte[] body) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(String.valueOf(query).getBytes(StandardCharsets.UTF_8));
        text.write('\n');
        text.writeBytes(body);
        return Sha256.of(text.toByteArray());
    }

    private static void replay(Answer answer, String digest, HttpServletResponse response) {
        if (!answer.requestDigest().equals(digest)) {
            throw Problem.IDEMPOTENCY_KEY_REUSED.because("This idempotency key came with another request before.");
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        try {
            response.getOutputStream().write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether anything was created, so that the transaction is to be committed */
    private boolean carryOut(
            IdempotencyKey key,
            String digest,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain) {
        var cached = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, cached);
            boolean created = cached.getStatus() / 100 == 2 || cached.getStatus() == DENIED;
            if (created) {
                var answer = new Answer(digest, cached.getStatus(), headers(cached), cached.getContentAsByteArray());
                answers.insert(key, answer, clock.instant());
            }
            cached.copyBodyToResponse();
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SortedMap<String, String> headers(HttpServletResponse response) {
        var headers = new TreeMap<String, String>();
        for (String name : REPLAYED_HEADERS) {
            String value = name.equals(HttpHeaders.CONTENT_TYPE) ? response.getContentType() : response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }
}
