package io.realmwright.hostagent.problem;

import io.realmwright.hostagent.json.InvalidFieldsException;
import io.realmwright.hostagent.json.UnknownPropertiesException;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every exception that leaves a controller, and that no feature knows better, into one of our problems. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final String NOTHING_TO_SAY = "The request could not be served. The agent's log holds the cause.";
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

    /** Tomcat's word for a query or a form that is not properly encoded; a subclass of what is a bug elsewhere. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> undecodable(InvalidParameterException e) {
        return answer(refusal(HttpStatus.BAD_REQUEST));
    }

    /** Header fields are looked at by the firewall when they are read, which may be as late as here. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> rejected(RequestRejectedException e) {
        return answer(refusal(HttpStatus.BAD_REQUEST));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.atInfo().log("A client went away in the midst of its request");
            return answer(refusal(HttpStatus.BAD_REQUEST));
        }
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
        if (e instanceof ErrorResponseException ours && Problem.isOurs(ours.getBody())) {
            return ResponseEntity.status(status).headers(headers).body(ours.getBody());
        }
        if (status.is5xxServerError()) {
            LOG.atError().setCause(e).log("A request failed unexpectedly");
        }
        var detail = refusal(status);
        return ResponseEntity.status(detail.getStatus()).headers(headers).body(detail);
    }

    /** What is said where nothing but the status is known. */
    static ProblemDetail refusal(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> Problem.NOT_FOUND.detail("No operation has this path; /docs lists them all.", Map.of());
            case 405 -> Problem.METHOD_NOT_ALLOWED.detail("The header Allow names the methods of this path.", Map.of());
            case 406 ->
                Problem.NOT_ACCEPTABLE.detail("The header Accept excludes every form that the answer has.", Map.of());
            case 415 ->
                Problem.UNSUPPORTED_MEDIA_TYPE.detail(
                        "The header Accept names the content types that can be read here.", Map.of());
            default ->
                status.is4xxClientError()
                        ? Problem.UNREADABLE_REQUEST.detail("The request is not well formed.", Map.of())
                        : Problem.INTERNAL_ERROR.detail(NOTHING_TO_SAY, Map.of());
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail) {
        return ResponseEntity.status(detail.getStatus()).body(detail);
    }
}
