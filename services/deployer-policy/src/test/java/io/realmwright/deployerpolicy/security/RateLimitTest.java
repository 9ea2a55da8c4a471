package io.realmwright.deployerpolicy.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.deployerpolicy.testing.TestIssuer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Callers who ask too often. The rates are so low that a quick run of requests goes beyond them on any machine. */
class RateLimitTest extends ServiceTest {
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final int BURST = 5;

    @DynamicPropertySource
    static void limits(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::url);
        registry.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> TestIssuer.AUDIENCE);
        registry.add("realmwright.limit.requests.per-second", () -> "1");
        registry.add("realmwright.limit.requests.burst", () -> BURST);
        registry.add("realmwright.limit.refusals.per-second", () -> "1");
        registry.add("realmwright.limit.refusals.burst", () -> BURST);
    }

    @Test
    @DisplayName(
            "Who asks too often is told when to ask again, which then works; another caller is served all the while")
    void whoAsksTooOftenWaits() throws InterruptedException {
        String eager = "Bearer " + ISSUER.token(claims -> claims.subject("eager"), "realm:read");
        List<Answer> answers = untilTooOften("/v1/realms", eager);
        Answer last = answers.getLast();

        assertThat(answers).hasSizeGreaterThan(BURST);
        last.expectProblem(429, "too-many-requests");
        long wait = Long.parseLong(last.header("Retry-After"));
        assertThat(wait).isBetween(1L, (long) BURST);
        assertThat(ask("/v1/realms", "Bearer " + ISSUER.token("realm:read")).status())
                .isEqualTo(200);
        Thread.sleep(wait * 1000);
        assertThat(ask("/v1/realms", eager).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("What is no part of the API is not counted: a probe of health never waits")
    void filesAndHealthAreNotCounted() {
        for (int i = 0; i < 3 * BURST; i++) {
            assertThat(client.get("/actuator/health").status()).isEqualTo(200);
            assertThat(client.get("/js/main.js").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("Who is refused over and over is told to wait, and does not fill the audit trail")
    void refusalsAreLimited() throws InterruptedException {
        List<Answer> answers = untilTooOften("/v1/realms/refused-over-and-over", "Bearer nonsense");

        assertThat(answers.getFirst().status()).isIn(401, 429);
        answers.getLast().expectProblem(429, "too-many-requests");
        assertThat(answers.getLast().header("Retry-After")).isNotBlank();
        Thread.sleep(3000);
        String auditor = "Bearer " + ISSUER.token(claims -> claims.subject("auditor"), "audit:read");
        JsonNode entries =
                ask("/v1/audit?event=REFUSED&pageSize=500", auditor).json().path("entries");
        int told = 0;
        for (JsonNode entry : entries) {
            if (entry.at("/details/path").asString().endsWith("refused-over-and-over")) {
                told += entry.at("/details/times").asInt();
            }
        }
        assertThat(told)
                .isEqualTo(answers.stream()
                        .filter(answer -> answer.status() == 401)
                        .count());
    }

    private List<Answer> untilTooOften(String path, String bearer) {
        List<Answer> answers = new ArrayList<>();
        do {
            answers.add(ask(path, bearer));
        } while (answers.getLast().status() != 429 && answers.size() < 1000);
        return answers;
    }

    private Answer ask(String path, String bearer) {
        return client.send("GET", path, BodyPublishers.noBody(), "Authorization", bearer);
    }
}
