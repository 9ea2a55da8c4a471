package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Who may call the agent: the contract names a scope for each operation, and the service keeps to it. */
class AccessTest {
    private static final Deployer DEPLOYER = Deployer.withKey("deployer-1");
    private static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    private static Path directory;

    private static Agent agent;

    @BeforeAll
    static void start() {
        Path keys = directory.resolve("grant-keys.jwks");
        Deployer.publish(keys, DEPLOYER);
        var settings = new ArrayList<>(ISSUER.settings());
        settings.add("--realmwright.agent.host-name=" + Deployer.HOST);
        settings.add("--realmwright.agent.grant-keys=" + keys);
        agent = Agent.start(Database.create(), settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        agent.close();
        ISSUER.close();
    }

    /** An operation of the contract, with the scope that it asks for, or none. */
    record Operation(String method, String path, List<String> scopes) {
        HttpRequest.Builder request() {
            var concrete = path.replace("{machine}", "rich")
                    .replaceAll("\\{sha256}", "0".repeat(64))
                    .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
            return agent.request(concrete).method(method, HttpRequest.BodyPublishers.noBody());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        Contract.document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getKey().equals("parameters"))
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), scopes(method.getValue())))));
        return operations.stream();
    }

    private static List<String> scopes(JsonNode operation) {
        List<String> scopes = new ArrayList<>();
        operation.path("security").path(0).path("oidc").forEach(scope -> scopes.add(scope.stringValue()));
        return scopes;
    }

    static Stream<Operation> protectedOperations() {
        return operations().filter(operation -> !operation.scopes().isEmpty());
    }

    @Test
    void everyOperationUnderV1NamesOneScope() {
        assertThat(operations().filter(operation -> operation.path().startsWith("/v1/")))
                .allSatisfy(operation -> assertThat(operation.scopes()).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("protectedOperations")
    void withoutATokenNobodyGetsIn(Operation operation) {
        Answer answer = agent.exchange(operation.request(), "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        if (!operation.method().equals("HEAD")) {
            answer.expectProblem(401, "unauthenticated");
        }
    }

    @ParameterizedTest
    @MethodSource("protectedOperations")
    void aTokenWithEveryOtherScopeIsToldWhichOneIsMissing(Operation operation) {
        String scope = operation.scopes().getFirst();
        String[] others = Stream.of("realm:read", "realm:write", "machine:debug", "policy:write")
                .filter(other -> !other.equals(scope))
                .toArray(String[]::new);

        Answer answer = agent.exchange(with(operation.request(), ISSUER.token(others)), "");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("www-authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
        if (!operation.method().equals("HEAD")) {
            assertThat(answer.expectProblem(403, "insufficient-scope")
                            .path("scope")
                            .stringValue())
                    .isEqualTo(scope);
        }
    }

    @ParameterizedTest
    @MethodSource("protectedOperations")
    void aTokenWithTheScopeGetsIn(Operation operation) {
        Answer answer = agent.exchange(
                with(operation.request(), ISSUER.token(operation.scopes().getFirst())), "");

        assertThat(answer.status()).isNotIn(401, 403);
    }

    @Test
    void whatTheContractDoesNotKnowNobodyMayCall() {
        var all = ISSUER.token("realm:read", "realm:write", "machine:debug");

        agent.send(with(agent.request("/v1/secrets").GET(), all).build()).expectProblem(403, "insufficient-scope");
        agent.send(with(agent.request("/actuator/env").GET(), all).build()).expectProblem(403, "insufficient-scope");
    }

    @Test
    void contractAndHealthAreForEverybody() {
        agent.get("/openapi.yaml").expect(200);
        agent.get("/docs").expect(200);
        agent.send(agent.request("/actuator/health/readiness").GET().build()).expect(200);
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
                        Answer answer = agent.exchange(
                                with(agent.request("/v1/machines").GET(), token), "");
                        answer.expectProblem(401, "unauthenticated");
                        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
                    });
        }
    }

    @Test
    void theDeployersServiceSignsItsOwnTokens() {
        agent.exchange(with(agent.request("/v1/machines").GET(), serviceToken(claims -> claims)), "")
                .expect(200);
    }

    @Test
    void aServiceTokenForAnotherAgentTooOldWithoutAnEndOrOfAnotherTypeIsNotGood() {
        assertThat(Stream.of(
                        serviceToken(claims -> claims.audience("host-2")),
                        serviceToken(claims ->
                                claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                        serviceToken(claims -> claims.expirationTime(null)),
                        serviceToken(claims -> claims.issuer("somebody")),
                        DEPLOYER.sign(serviceClaims().build(), UnaryOperator.identity()), // the type of a grant
                        Deployer.withKey("deployer-1").sign(serviceClaims().build(), AccessTest::ofService)))
                .allSatisfy(token -> agent.exchange(
                                with(agent.request("/v1/machines").GET(), token), "")
                        .expectProblem(401, "unauthenticated"));
    }

    @Test
    void browsersAreToldToTakeNoAnswerForAPage() {
        Answer answer = agent.send(agent.request("/v1/machines").GET().build());

        assertThat(answer.header("content-security-policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("cache-control")).contains("no-store");
    }

    @Test
    void whereNobodyIsAskedPagesFromElsewhereAreRefused() {
        Agent open = Agent.shared();

        open.send(open.request("/v1/machines/rich/reboot")
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .expectProblem(403, "insufficient-scope");
        open.send(open.request("/v1/machines")
                        .header("Sec-Fetch-Site", "same-origin")
                        .GET()
                        .build())
                .expect(200);
    }

    private static String serviceToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        return DEPLOYER.sign(change.apply(serviceClaims()).build(), AccessTest::ofService);
    }

    private static JWSHeader.Builder ofService(JWSHeader.Builder header) {
        return header.type(new JOSEObjectType("realmwright-service+jwt"));
    }

    private static JWTClaimsSet.Builder serviceClaims() {
        return new JWTClaimsSet.Builder()
                .issuer("deployer-policy")
                .audience(Deployer.HOST)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .claim("scope", "realm:read realm:write");
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String token) {
        return request.header("Authorization", "Bearer " + token);
    }
}
