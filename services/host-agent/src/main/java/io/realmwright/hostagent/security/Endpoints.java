package io.realmwright.hostagent.security;

import static io.realmwright.hostagent.security.Scope.MACHINE_DEBUG;
import static io.realmwright.hostagent.security.Scope.REALM_READ;
import static io.realmwright.hostagent.security.Scope.REALM_WRITE;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import org.springframework.http.HttpMethod;

/** The scope that each operation asks for. What is not in this table nobody may call; the contract says the same. */
final class Endpoints {
    private static final String MACHINE = "/v1/machines/{machine}";
    private static final String REALM = MACHINE + "/realms/{id}";

    /** For whoever can reach the service: they tell nothing about realms. */
    static final List<String> PUBLIC =
            List.of("/openapi.yaml", "/docs", "/actuator/health", "/actuator/health/*", "/error");

    static final List<Endpoint> PROTECTED = List.of(
            new Endpoint(GET, "/v1/machines", REALM_READ),
            new Endpoint(GET, MACHINE, REALM_READ),
            new Endpoint(GET, MACHINE + "/endorsement", REALM_READ),
            new Endpoint(POST, MACHINE + "/reboot", MACHINE_DEBUG),
            new Endpoint(GET, MACHINE + "/realms", REALM_READ),
            new Endpoint(POST, MACHINE + "/realms", REALM_WRITE),
            new Endpoint(DELETE, MACHINE + "/launches/{launchId}", REALM_WRITE),
            new Endpoint(GET, REALM, REALM_READ),
            new Endpoint(DELETE, REALM, REALM_WRITE),
            new Endpoint(POST, REALM + "/run", REALM_WRITE),
            new Endpoint(POST, REALM + "/token", REALM_WRITE),
            new Endpoint(GET, REALM + "/memory", REALM_READ),
            new Endpoint(GET, REALM + "/measurements", REALM_READ),
            new Endpoint(GET, REALM + "/trace", REALM_READ),
            new Endpoint(GET, REALM + "/trace.jsonl.gz", REALM_READ),
            new Endpoint(GET, MACHINE + "/faults", MACHINE_DEBUG),
            new Endpoint(PUT, MACHINE + "/faults", MACHINE_DEBUG),
            new Endpoint(DELETE, MACHINE + "/faults", MACHINE_DEBUG),
            new Endpoint(POST, MACHINE + "/rmi", MACHINE_DEBUG),
            new Endpoint(POST, MACHINE + "/replay", MACHINE_DEBUG),
            new Endpoint(GET, "/v1/images/{sha256}", REALM_READ),
            new Endpoint(HEAD, "/v1/images/{sha256}", REALM_READ),
            new Endpoint(PUT, "/v1/images/{sha256}", REALM_WRITE),
            new Endpoint(DELETE, "/v1/images/{sha256}", REALM_WRITE));

    private Endpoints() {}

    record Endpoint(HttpMethod method, String path, Scope scope) {}
}
