package io.realmwright.hostagent.problem;

import io.realmwright.hostagent.json.InvalidFieldsException;
import io.realmwright.hostagent.json.UnknownPropertiesException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns every exception that leaves a controller, and that no feature knows better, into one of our problems. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {
    static final String NOTHING_TO_SAY = "The request could not be served. The agent's log holds the cause.";
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidFieldsException e) {
        return answer(Problem.INVALID_REQUEST.detail(
                "Every wrong field is named in errors.", Map.of("errors", e.violations())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknownProperties(UnknownPropertiesException e) {
        return answer(Problem.UNREADABLE_REQUEST.detail(
                "The body holds properties that are not known here.", Map.of("errors", e.properties())));
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<ProblemDetail> noDatabase(RuntimeException e) {
        LOG.atError().setCause(e).log("The database cannot be reached");
        return Problem.DATABASE_UNAVAILABLE.retryLater("Nothing can be recorded, so nothing is done.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e) {
        LOG.atError().setCause(e).log("A request failed unexpectedly");
        return answer(Problem.INTERNAL_ERROR.detail(NOTHING_TO_SAY, Map.of()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.status(status)
                .body(Problem.UNREADABLE_REQUEST.detail(UnreadableBody.explain(e), Map.of()));
    }

    /** Everything else that Spring MVC refuses by itself: our own problems pass, the others get our types. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof ErrorResponseException ours && ours.getBody().getType() != null) {
            return ResponseEntity.status(status).headers(headers).body(ours.getBody());
        }
        if (status.is5xxServerError()) {
            LOG.atError().setCause(e).log("A request failed unexpectedly");
        }
        var problem = problemOf(status);
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .body(problem.detail(sentence(problem), Map.of()));
    }

    static Problem problemOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            default -> status.is4xxClientError() ? Problem.UNREADABLE_REQUEST : Problem.INTERNAL_ERROR;
        };
    }

    static String sentence(Problem problem) {
        return switch (problem) {
            case NOT_FOUND -> "No operation has this path; /docs lists them all.";
            case METHOD_NOT_ALLOWED -> "The header Allow names the methods of this path.";
            case NOT_ACCEPTABLE -> "The header Accept excludes every form that the answer has.";
            case UNSUPPORTED_MEDIA_TYPE -> "The header Accept names the content types that can be read here.";
            case INTERNAL_ERROR -> NOTHING_TO_SAY;
            default -> "The request is not well formed.";
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail) {
        return ResponseEntity.status(detail.getStatus()).body(detail);
    }
}
