package io.realmwright.deployerpolicy.problem;

import io.realmwright.deployerpolicy.json.InvalidDocument;
import io.realmwright.machine.spec.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever goes wrong in a request into a problem of {@link Problem}. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> invalidDocument(InvalidDocument e, WebRequest request) {
        return answer(Problem.INVALID_REQUEST.at(e.violations()), request);
    }

    @ExceptionHandler({DataIntegrityViolationException.class, ConcurrencyFailureException.class})
    @Nullable
    ResponseEntity<Object> concurrentChange(Exception e, WebRequest request) {
        LOG.info("A request met a concurrent change.", e);
        return answer(
                Problem.CONCURRENT_CHANGE.because("Ask again: something that the request needs just changed."),
                request);
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    @Nullable
    ResponseEntity<Object> noDatabase(Exception e, WebRequest request) {
        LOG.error("The database cannot be reached.", e);
        ErrorResponseException problem = Problem.DATABASE_UNAVAILABLE.because(
                "Nothing was done; ask again after the time that Retry-After says.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return answer(problem, request);
    }

    /** Tomcat's word for a query or a form that is not properly encoded; a subclass of what is a bug elsewhere. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> undecodable(InvalidParameterException e, WebRequest request) {
        return answer(Problem.UNREADABLE_REQUEST.because("The query is not properly encoded."), request);
    }

    /** Header fields are looked at by the firewall when they are read, which may be as late as here. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> rejected(RequestRejectedException e, WebRequest request) {
        return answer(Problem.UNREADABLE_REQUEST.because("No client needs such a request: " + e.getMessage()), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        LOG.error("A request failed unexpectedly.", e);
        return answer(Problem.INTERNAL_ERROR.because("The service's log tells more."), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(unreadable(e.getCause()), request);
    }

    private static ErrorResponseException unreadable(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e ->
                Problem.UNREADABLE_REQUEST.because("The field " + path(e) + " is unknown.");
            // JSON that is well-formed but says the wrong thing at a certain place, such as a text for a number.
            case DatabindException e
            when !e.getPath().isEmpty() ->
                Problem.INVALID_REQUEST.at(List.of(new Violation(path(e), "has a value of the wrong kind")));
            case JacksonException e -> Problem.UNREADABLE_REQUEST.because("The body cannot be read: " + place(e));
            case null, default -> Problem.UNREADABLE_REQUEST.because("The request has no readable body.");
        };
    }

    private static String path(DatabindException e) {
        return e.getPath().stream()
                .map(ProblemAdvice::step)
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String step(Reference reference) {
        return reference.getPropertyName() == null
                ? "[" + reference.getIndex() + "]"
                : "." + reference.getPropertyName();
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? "it cannot be parsed."
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ".";
    }

    /** Spring's own errors, such as a path that nothing is mapped to. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof ErrorResponseException ours && isOurs(ours.getBody())) {
            return super.handleExceptionInternal(e, ours.getBody(), headers, status, request);
        }
        Problem problem = switch (status.value()) {
            case 400 -> Problem.UNREADABLE_REQUEST;
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 413 -> Problem.PAYLOAD_TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            default -> Problem.INTERNAL_ERROR;
        };
        if (problem == Problem.INTERNAL_ERROR) {
            LOG.error("A request failed unexpectedly.", e);
            return super.handleExceptionInternal(
                    e, problem.body("The service's log tells more.", Map.of()), headers, problem.status(), request);
        }
        String detail = body instanceof ProblemDetail spring && spring.getDetail() != null
                ? spring.getDetail()
                : "The request does not fit the API.";
        return super.handleExceptionInternal(e, problem.body(detail, Map.of()), headers, status, request);
    }

    private static boolean isOurs(ProblemDetail body) {
        return body.getType() != null
                && body.getType().getPath() != null
                && body.getType().getPath().startsWith("/problems/");
    }

    private @Nullable ResponseEntity<Object> answer(ErrorResponseException e, WebRequest request) {
        return super.handleExceptionInternal(e, e.getBody(), e.getHeaders(), e.getStatusCode(), request);
    }
}
