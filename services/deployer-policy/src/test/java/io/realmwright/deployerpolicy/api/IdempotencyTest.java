package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.deny;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdempotencyTest extends ServiceTest {
    private static final String KEY = "Idempotency-Key";

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAgain() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String body = scenario.realm("r", policy, spec("LINUX"));

        Answer first = client.post("/v1/realms", body, KEY, scenario.name("key"));
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.awaitOutcome("r");
        Answer second = client.post("/v1/realms", body, KEY, scenario.name("key"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo("/v1/realms/" + scenario.name("r"));
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    @Test
    void aPolicyKeepsItsEtagInTheRepeatedAnswer() {
        String body = "{\"name\":\"%s\",\"rules\":[%s]}".formatted(scenario.name("p"), rule("a", "true", deny("no")));

        Answer first = client.post("/v1/policies", body, KEY, scenario.name("key"));
        Answer second = client.post("/v1/policies", body, KEY, scenario.name("key"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).isEqualTo("\"1\"");
        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void aDenialIsRepeatedWithTheSameDecision() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules("p", rule("none", "true", deny("no")));
        String body = scenario.realm("r", policy, spec("LINUX"));

        Answer first = client.post("/v1/realms", body, KEY, scenario.name("key"));
        Answer second = client.post("/v1/realms", body, KEY, scenario.name("key"));

        assertThat(first.status()).isEqualTo(403);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(client.get("/v1/decisions/" + first.json().path("decisionId").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyBelongsToOneRequest() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        client.post("/v1/realms", scenario.realm("r1", policy, spec("LINUX")), KEY, scenario.name("key"));

        Answer other =
                client.post("/v1/realms", scenario.realm("r2", policy, spec("LINUX")), KEY, scenario.name("key"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        assertThat(client.get("/v1/realms/" + scenario.name("r2")).status()).isEqualTo(404);
    }

    @Test
    void aRequestThatCreatedNothingLeavesItsKeyFree() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        Answer wrong = client.post("/v1/realms", scenario.realm("r", policy, "{}"), KEY, scenario.name("key"));
        assertThat(wrong.status()).isEqualTo(422);

        Answer right = client.post("/v1/realms", scenario.realm("r", policy, spec("LINUX")), KEY, scenario.name("key"));

        assertThat(right.status()).isEqualTo(202);
    }

    @Test
    void atTheSameTimeOneIsCarriedOutAndTheOthersAreToldOrGetItsAnswer() throws Exception {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String body = scenario.realm("r", policy, spec("LINUX"));
        List<Callable<Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(() -> client.post("/v1/realms", body, KEY, scenario.name("key")));
        }

        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(202, 409));
        assertThat(answers.stream().filter(answer -> answer.status() == 409))
                .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("request-in-flight"));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 202)
                        .map(Answer::text)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aDryRunIsNotRemembered() {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String body = scenario.realm("r", policy, spec("LINUX"));
        assertThat(client.post("/v1/realms?dryRun=true", body, KEY, scenario.name("key"))
                        .status())
                .isEqualTo(200);

        assertThat(client.post("/v1/realms", body, KEY, scenario.name("key")).status())
                .isEqualTo(202);
    }

    @Test
    void aKeyHasOneToTwoHundredAndFiftyFiveCharacters() {
        assertThat(client.post("/v1/realms", "{}", KEY, "x".repeat(256)).status())
                .isEqualTo(400);
        assertThat(client.post("/v1/realms", "{}", KEY, " ").status()).isEqualTo(400);
    }
}
