package io.realmwright.deployerpolicy.problem;

import io.realmwright.machine.spec.Violation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Every error that this API answers with. {@code docs/problems} has a page for each slug. */
public enum Problem {
    UNREADABLE_REQUEST("unreadable-request", HttpStatus.BAD_REQUEST, "The request cannot be read"),
    INVALID_REQUEST("invalid-request", HttpStatus.UNPROCESSABLE_CONTENT, "The request is invalid"),
    INVALID_POLICY("invalid-policy", HttpStatus.UNPROCESSABLE_CONTENT, "The policy does not compile"),
    UNKNOWN_POLICY("unknown-policy", HttpStatus.UNPROCESSABLE_CONTENT, "The policy is unknown or not published"),
    UNKNOWN_IMAGE("unknown-image", HttpStatus.UNPROCESSABLE_CONTENT, "An image is unknown"),
    DIGEST_MISMATCH("digest-mismatch", HttpStatus.UNPROCESSABLE_CONTENT, "The content has another digest"),
    IDEMPOTENCY_KEY_REUSED(
            "idempotency-key-reused",
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The idempotency key belongs to another request"),
    DENIED_BY_POLICY("denied-by-policy", HttpStatus.FORBIDDEN, "The policy denies the realm"),
    FOUR_EYES("four-eyes", HttpStatus.FORBIDDEN, "Somebody else has to publish it"),
    UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "The caller is not known"),
    INSUFFICIENT_SCOPE("insufficient-scope", HttpStatus.FORBIDDEN, "The caller may not do this"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
    NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "No acceptable form of the answer exists"),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported"),
    NAME_TAKEN("name-taken", HttpStatus.CONFLICT, "The name is taken"),
    HOST_IN_USE("host-in-use", HttpStatus.CONFLICT, "Realms are on the host"),
    HOST_CONFIGURED("host-configured", HttpStatus.CONFLICT, "The host belongs to the configuration"),
    IMAGE_IN_USE("image-in-use", HttpStatus.CONFLICT, "A realm names the image"),
    REALM_NOT_LAUNCHED("realm-not-launched", HttpStatus.CONFLICT, "The realm was not launched"),
    REALM_NOT_RUNNING("realm-not-running", HttpStatus.CONFLICT, "The realm's guest does not run"),
    CHALLENGE_USED("challenge-used", HttpStatus.CONFLICT, "The challenge has been used"),
    NO_ATTESTATION_STEP(
            "no-attestation-step", HttpStatus.UNPROCESSABLE_CONTENT, "The realm's guest does not answer challenges"),
    REALM_GONE("realm-gone", HttpStatus.CONFLICT, "The realm is gone from its host"),
    TRACE_UNPLAYABLE("trace-unplayable", HttpStatus.CONFLICT, "The trace cannot be played"),
    REALM_DELETING("realm-deleting", HttpStatus.CONFLICT, "The realm is being deleted"),
    REQUEST_IN_FLIGHT("request-in-flight", HttpStatus.CONFLICT, "The same request is being carried out"),
    CONCURRENT_CHANGE("concurrent-change", HttpStatus.CONFLICT, "Something else changed at the same time"),
    NO_REFERENCE_VALUES("no-reference-values", HttpStatus.CONFLICT, "The revision foresees nothing for the realm"),
    REFERENCE_VALUES_WITHDRAWN("reference-values-withdrawn", HttpStatus.GONE, "The reference values are withdrawn"),
    EVENTS_COMPACTED("events-compacted", HttpStatus.GONE, "The events are not kept any more"),
    PRECONDITION_FAILED("precondition-failed", HttpStatus.PRECONDITION_FAILED, "It has changed"),
    PRECONDITION_REQUIRED("precondition-required", HttpStatus.PRECONDITION_REQUIRED, "If-Match is required"),
    TOO_MANY_REQUESTS("too-many-requests", HttpStatus.TOO_MANY_REQUESTS, "The caller asks too often"),
    PAYLOAD_TOO_LARGE("payload-too-large", HttpStatus.CONTENT_TOO_LARGE, "The content is too large"),
    HOST_REFUSED("host-refused", HttpStatus.BAD_GATEWAY, "The host's agent refused"),
    HOST_UNREACHABLE("host-unreachable", HttpStatus.GATEWAY_TIMEOUT, "The host's agent does not answer"),
    ISSUER_UNAVAILABLE("issuer-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The issuer of tokens cannot be reached"),
    DATABASE_UNAVAILABLE(
            "database-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The service cannot reach its database"),
    INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here");

    private final String slug;
    private final HttpStatus status;
    private final String title;

    Problem(String slug, HttpStatus status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String slug() {
        return slug;
    }

    public HttpStatusCode status() {
        return status;
    }

    public ErrorResponseException because(String detail) {
        return because(detail, Map.of());
    }

    /** The problem with further members. */
    public ErrorResponseException because(String detail, Map<String, ?> properties) {
        return new ErrorResponseException(status, body(detail, properties), null);
    }

    /** The problem with what is wrong, field by field. */
    public ErrorResponseException at(List<Violation> errors) {
        return because(
                errors.size() == 1 ? "One field is wrong." : errors.size() + " fields are wrong.",
                Map.of("errors", errors));
    }

    ProblemDetail body(String detail, Map<String, ?> properties) {
        var body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setType(URI.create("/problems/" + slug));
        body.setTitle(title);
        properties.forEach(body::setProperty);
        return body;
    }
}
