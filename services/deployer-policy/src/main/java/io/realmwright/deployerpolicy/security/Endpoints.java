package io.realmwright.deployerpolicy.security;

import static io.realmwright.deployerpolicy.security.Scope.AUDIT_READ;
import static io.realmwright.deployerpolicy.security.Scope.HOST_WRITE;
import static io.realmwright.deployerpolicy.security.Scope.POLICY_PUBLISH;
import static io.realmwright.deployerpolicy.security.Scope.POLICY_WRITE;
import static io.realmwright.deployerpolicy.security.Scope.REALM_READ;
import static io.realmwright.deployerpolicy.security.Scope.REALM_WRITE;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import org.springframework.http.HttpMethod;

/** The scope that each operation asks for. What is not in this table nobody may call; the contract says the same. */
final class Endpoints {
    private static final String POLICY = "/v1/policies/{name}";
    private static final String REALM = "/v1/realms/{name}";
    private static final String HOST = "/v1/hosts/{name}";

    /** For whoever can reach the service: files, the contract, and the keys that verify grants. */
    static final List<String> PUBLIC = List.of(
            "/",
            "/index.html",
            "/icon.svg",
            "/css/**",
            "/js/**",
            "/openapi.yaml",
            "/docs",
            "/v1/keys",
            "/actuator/health",
            "/actuator/health/*",
            "/error");

    static final List<Endpoint> PROTECTED = List.of(
            new Endpoint(GET, "/v1/policies", REALM_READ),
            new Endpoint(POST, "/v1/policies", POLICY_WRITE),
            new Endpoint(POST, "/v1/policies/validate", POLICY_WRITE),
            new Endpoint(GET, POLICY, REALM_READ),
            new Endpoint(PUT, POLICY, POLICY_WRITE),
            new Endpoint(GET, POLICY + "/revisions", REALM_READ),
            new Endpoint(GET, POLICY + "/revisions/{number}", REALM_READ),
            new Endpoint(POST, POLICY + "/revisions/{number}/publish", POLICY_PUBLISH),
            new Endpoint(GET, POLICY + "/revisions/{number}/reference-values", REALM_READ),
            new Endpoint(POST, POLICY + "/impact", POLICY_WRITE),
            new Endpoint(POST, "/v1/decisions", REALM_WRITE),
            new Endpoint(GET, "/v1/decisions/{id}", REALM_READ),
            new Endpoint(GET, "/v1/realms", REALM_READ),
            new Endpoint(POST, "/v1/realms", REALM_WRITE),
            new Endpoint(GET, REALM, REALM_READ),
            new Endpoint(DELETE, REALM, REALM_WRITE),
            new Endpoint(POST, REALM + "/stop", REALM_WRITE),
            new Endpoint(POST, REALM + "/start", REALM_WRITE),
            new Endpoint(POST, REALM + "/restart", REALM_WRITE),
            new Endpoint(GET, REALM + "/placement", REALM_READ),
            new Endpoint(GET, REALM + "/memory", REALM_READ),
            new Endpoint(GET, REALM + "/timeline", REALM_READ),
            new Endpoint(GET, REALM + "/measurements", REALM_READ),
            new Endpoint(GET, REALM + "/trace", REALM_READ),
            new Endpoint(GET, REALM + "/trace.jsonl.gz", REALM_READ),
            new Endpoint(GET, REALM + "/attestations", REALM_READ),
            new Endpoint(POST, REALM + "/attestations", REALM_WRITE),
            new Endpoint(GET, REALM + "/attestations/{id}", REALM_READ),
            new Endpoint(GET, "/v1/hosts", REALM_READ),
            new Endpoint(GET, HOST, REALM_READ),
            new Endpoint(PUT, HOST, HOST_WRITE),
            new Endpoint(DELETE, HOST, HOST_WRITE),
            new Endpoint(POST, HOST + "/cordon", HOST_WRITE),
            new Endpoint(POST, HOST + "/uncordon", HOST_WRITE),
            new Endpoint(POST, HOST + "/drain", HOST_WRITE),
            new Endpoint(GET, "/v1/quotas", REALM_READ),
            new Endpoint(GET, "/v1/quotas/{name}", REALM_READ),
            new Endpoint(PUT, "/v1/quotas/{name}", HOST_WRITE),
            new Endpoint(DELETE, "/v1/quotas/{name}", HOST_WRITE),
            new Endpoint(GET, "/v1/events", REALM_READ),
            new Endpoint(GET, "/v1/images/{sha256}", REALM_READ),
            new Endpoint(HEAD, "/v1/images/{sha256}", REALM_READ),
            new Endpoint(PUT, "/v1/images/{sha256}", REALM_WRITE),
            new Endpoint(DELETE, "/v1/images/{sha256}", REALM_WRITE),
            new Endpoint(GET, "/v1/grants/{id}", REALM_READ),
            new Endpoint(GET, "/v1/audit", AUDIT_READ),
            new Endpoint(GET, "/v1/audit/export", AUDIT_READ),
            new Endpoint(GET, "/v1/audit/verify", AUDIT_READ));

    private Endpoints() {}

    record Endpoint(HttpMethod method, String path, Scope scope) {}
}
