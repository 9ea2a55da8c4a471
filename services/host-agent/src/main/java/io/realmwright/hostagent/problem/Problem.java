package io.realmwright.hostagent.problem;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** Every error this API answers with; api/host-agent.yaml lists the same slugs, docs/problems has a page for each. */
public enum Problem {
    UNREADABLE_REQUEST("unreadable-request", HttpStatus.BAD_REQUEST, "The request cannot be read"),
    INVALID_REQUEST("invalid-request", HttpStatus.UNPROCESSABLE_CONTENT, "The request breaks a rule"),
    UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "The caller is not known"),
    INSUFFICIENT_SCOPE("insufficient-scope", HttpStatus.FORBIDDEN, "The caller may not do this"),
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "This path has no such method"),
    NOT_ACCEPTABLE("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "The answer has no such form"),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has the wrong content type"),

    UNKNOWN_MACHINE("unknown-machine", HttpStatus.NOT_FOUND, "This agent has no such machine"),
    UNKNOWN_REALM("unknown-realm", HttpStatus.NOT_FOUND, "This machine has had no such realm"),

    IMAGE_NOT_FOUND("image-not-found", HttpStatus.NOT_FOUND, "No image has this digest"),
    DIGEST_MISMATCH("digest-mismatch", HttpStatus.UNPROCESSABLE_CONTENT, "The body does not have this digest"),
    PAYLOAD_TOO_LARGE("payload-too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),

    UNREADABLE_TRACE(
            "unreadable-trace", HttpStatus.UNPROCESSABLE_CONTENT, "This is no trace that the machine can replay"),

    GRANT_REFUSED("grant-refused", HttpStatus.FORBIDDEN, "The grant does not permit this launch"),
    UNKNOWN_IMAGE("unknown-image", HttpStatus.UNPROCESSABLE_CONTENT, "The realm needs an image that is not here"),
    LAUNCH_ID_USED("launch-id-used", HttpStatus.CONFLICT, "This launch id has been used"),
    LAUNCH_REVOKED("launch-revoked", HttpStatus.CONFLICT, "This launch was called off"),
    PLAN_UNAVAILABLE("plan-unavailable", HttpStatus.CONFLICT, "This host cannot carry out the plan"),
    OUT_OF_GRANULES("out-of-granules", HttpStatus.CONFLICT, "The machine has not enough free granules"),
    OUT_OF_VMIDS("out-of-vmids", HttpStatus.CONFLICT, "The machine has no VMID for another realm"),
    RMI_REFUSED("rmi-refused", HttpStatus.CONFLICT, "The RMM refused a command"),
    REALM_NOT_RUNNABLE("realm-not-runnable", HttpStatus.CONFLICT, "The realm cannot be run"),
    REALM_NOT_RUNNING("realm-not-running", HttpStatus.CONFLICT, "The realm's guest does not run"),
    NO_ATTESTATION_STEP(
            "no-attestation-step", HttpStatus.UNPROCESSABLE_CONTENT, "The realm's guest does not answer challenges"),
    TOKEN_NOT_MADE("token-not-made", HttpStatus.CONFLICT, "The realm's guest made no token"),
    REALM_GONE("realm-gone", HttpStatus.CONFLICT, "The realm is no longer on the machine"),

    MACHINE_BUSY("machine-busy", HttpStatus.SERVICE_UNAVAILABLE, "The machine is busy"),
    MACHINE_LOST_POWER("machine-lost-power", HttpStatus.SERVICE_UNAVAILABLE, "The machine lost power"),
    MACHINE_BROKEN("machine-broken", HttpStatus.SERVICE_UNAVAILABLE, "The machine contradicted itself"),
    ISSUER_UNAVAILABLE("issuer-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The issuer of tokens cannot be reached"),
    DATABASE_UNAVAILABLE("database-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached"),

    INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong in the agent");

    private static final String TYPES = "/problems/";
    private static final String RETRY_AFTER_SECONDS = "1";

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

    public HttpStatus status() {
        return status;
    }

    /** The problem detail with this sentence and these properties beside the standard ones. */
    public ProblemDetail detail(String sentence, Map<String, ?> properties) {
        var detail = ProblemDetail.forStatusAndDetail(status, sentence);
        detail.setType(URI.create(TYPES + slug));
        detail.setTitle(title);
        properties.forEach(detail::setProperty);
        return detail;
    }

    static boolean isOurs(ProblemDetail detail) {
        return detail.getType() != null && detail.getType().toString().startsWith(TYPES);
    }

    /** The exception with which a controller answers this problem. */
    public ErrorResponseException because(String sentence, Map<String, ?> properties) {
        return new ErrorResponseException(status, detail(sentence, properties), null);
    }

    public ErrorResponseException because(String sentence) {
        return because(sentence, Map.of());
    }

    /** The answer to what may succeed a little later. */
    public ResponseEntity<ProblemDetail> retryLater(String sentence) {
        return retryLater(sentence, Map.of());
    }

    /** The same with these properties beside the standard ones. */
    public ResponseEntity<ProblemDetail> retryLater(String sentence, Map<String, ?> properties) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .body(detail(sentence, properties));
    }
}
