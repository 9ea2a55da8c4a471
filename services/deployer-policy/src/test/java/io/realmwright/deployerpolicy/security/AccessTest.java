package io.realmwright.deployerpolicy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.deployerpolicy.testing.TestIssuer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may call the service: the contract names a scope for each operation, and the service keeps to it. */
class AccessTest extends ServiceTest {
    private static final TestIssuer ISSUER = TestIssuer.start();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::url);
        registry.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> TestIssuer.AUDIENCE);
        registry.add("realmwright.limit.refusals.burst", () -> "10000");
    }

    /** An operation of the contract, with the scope that it asks for, or none. */
    record Operation(String method, String path, List<String> scopes) {
        String concretePath() {
            return path.replace("{sha256}", "0".repeat(64))
                    .replace("{number}", "1")
                    .replace("{name}", "nobody")
                    .replace("{id}", UUID.randomUUID().toString());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Operation> operations() throws IOException {
        JsonNode contract = new JsonMapper().valueToTree(new Yaml().load(Files.readString(Client.CONTRACT)));
        List<Operation> operations = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getKey().equals("parameters"))
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), scopes(method.getValue())))));
        return operations.stream();
    }

    private static List<String> scopes(JsonNode operation) {
        List<String> scopes = new ArrayList<>();
        operation.path("security").path(0).path("oidc").forEach(scope -> scopes.add(scope.asString()));
        return scopes;
    }

    static Stream<Operation> protectedOperations() throws IOException {
        return operations().filter(operation -> !operation.scopes().isEmpty());
    }

    @Test
    void everyOperationNamesOneScopeButForTheKeysThatVerifyGrants() throws IOException {
        assertThat(operations().filter(operation -> operation.scopes().size() != 1))
                .extracting(Operation::toString)
                .containsExactly("GET /v1/keys");
        assertThat(client.get("/v1/keys").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("protectedOperations")
    void withoutATokenNobodyGetsIn(Operation operation) {
        Answer answer = ask(operation.method(), operation.concretePath());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        if (!operation.method().equals("HEAD")) {
            answer.expectProblem(401, "unauthenticated");
        }
    }

    @ParameterizedTest
    @MethodSource("protectedOperations")
    void aTokenWithEveryOtherScopeIsToldWhichOneIsMissing(Operation operation) {
        String scope = operation.scopes().getFirst();
        String[] others = Arrays.stream(Scope.values())
                .map(Scope::word)
                .filter(other -> !other.equals(scope))
                .toArray(String[]::new);

        Answer answer = ask(operation.method(), operation.concretePath(), ISSUER.token(others));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
        if (!operation.method().equals("HEAD")) {
            assertThat(answer.expectProblem(403, "insufficient-scope")
                            .path("scope")
                            .asString())
                    .isEqualTo(scope);
        }
    }

    @ParameterizedTest
    @MethodSource("protectedOperations")
    void aTokenWithTheScopeGetsIn(Operation operation) throws IOException {
        if (operation.path().equals("/v1/events")) {
            return; // a stream without an end; another test reads it
        }
        Answer answer = ask(
                operation.method(),
                operation.concretePath(),
                ISSUER.token(operation.scopes().getFirst()));

        assertThat(answer.status()).isNotIn(401, 403);
    }

    @Test
    void whatTheContractDoesNotKnowNobodyMayCall() {
        String all = ISSUER.token(Arrays.stream(Scope.values()).map(Scope::word).toArray(String[]::new));

        ask("GET", "/v1/secrets", all).expectProblem(403, "insufficient-scope");
        ask("GET", "/actuator/env", all).expectProblem(403, "insufficient-scope");
    }

    @Test
    void dashboardContractAndHealthAreForEverybody() {
        assertThat(Stream.of("/", "/js/main.js", "/openapi.yaml", "/docs", "/actuator/health"))
                .allSatisfy(path -> assertThat(client.get(path).status()).isEqualTo(200));
    }

    @Test
    void tokensForOthersOldOnesAndThoseOfStrangersAreNotGood() {
        try (var stranger = TestIssuer.start()) {
            assertThat(Stream.of(
                            ISSUER.token(claims -> claims.audience("another-service"), "realm:read"),
                            ISSUER.token(
                                    claims -> claims.expirationTime(
                                            Date.from(Instant.now().minusSeconds(120))),
                                    "realm:read"),
                            ISSUER.token(claims -> claims.issuer("https://elsewhere.example"), "realm:read"),
                            stranger.token("realm:read"),
                            "nonsense"))
                    .allSatisfy(token -> {
                        Answer answer = ask("GET", "/v1/realms", token);
                        answer.expectProblem(401, "unauthenticated");
                        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
                    });
        }
    }

    @Test
    void whoeverTheTokenNamesIsWhoActed() {
        String name = "acting-" + UUID.randomUUID();
        String policy = "{\"name\": \"%s\", \"rules\": [{\"name\": \"none\", \"when\": \"true\",".formatted(name)
                + " \"effect\": {\"kind\": \"DENY\", \"message\": \"No.\"}}]}";

        client.post("/v1/policies", policy, "Authorization", "Bearer " + ISSUER.token("policy:write"));

        JsonNode entries = ask("GET", "/v1/audit?subject=policy/" + name, ISSUER.token("audit:read"))
                .json()
                .path("entries");
        assertThat(entries.path(0).path("actor").asString()).isEqualTo("erin");
    }

    @Test
    void refusalsAreOnRecordWithWhoWasRefused() {
        String name = "refused-" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            ask("GET", "/v1/realms/" + name, ISSUER.token("host:write")).expectProblem(403, "insufficient-scope");
        }
        ask("DELETE", "/v1/realms/" + name).expectProblem(401, "unauthenticated");

        await().untilAsserted(() -> assertThat(refusals(name))
                .anySatisfy(entry -> assertThat(List.of(entry.path("actor"), entry.at("/details/status")))
                        .extracting(JsonNode::asString)
                        .containsExactly("erin", "403"))
                .anySatisfy(entry -> assertThat(List.of(entry.path("actor"), entry.at("/details/method")))
                        .extracting(JsonNode::asString)
                        .containsExactly("anonymous", "DELETE")));
        assertThat(refusals(name).stream()
                        .filter(entry -> entry.path("actor").asString().equals("erin"))
                        .mapToInt(entry -> entry.at("/details/times").asInt())
                        .sum())
                .isEqualTo(3);
    }

    private List<JsonNode> refusals(String name) {
        List<JsonNode> found = new ArrayList<>();
        ask("GET", "/v1/audit?event=REFUSED&subject=address/127.0.0.1&pageSize=500", ISSUER.token("audit:read"))
                .json()
                .path("entries")
                .forEach(entry -> {
                    if (entry.at("/details/path").asString().endsWith(name)) {
                        found.add(entry);
                    }
                });
        return found;
    }

    private Answer ask(String method, String path) {
        return client.send(method, path, BodyPublishers.noBody());
    }

    private Answer ask(String method, String path, String token) {
        return client.send(method, path, BodyPublishers.noBody(), "Authorization", "Bearer " + token);
    }
}
