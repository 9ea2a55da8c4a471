package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.allow;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** Many clients write the same thing at the same moment. Every answer is held against the contract by the client. */
class RaceTest extends ServiceTest {
    private static final int CLIENTS = 12;

    @RepeatedTest(3)
    void ofThoseWhoKnowTheSameVersionOfAPolicyOneWritesAndTheOthersAreTold() throws Exception {
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        String etag = client.get("/v1/policies/" + policy).header("ETag");

        var answers = atOnce(i -> client.put(
                "/v1/policies/" + policy,
                "{\"description\":\"%d\",\"rules\":[%s]}".formatted(i, rule("only", "true", allow(HOST_ALL, "ACCEPT"))),
                "If-Match",
                etag));

        assertThat(answers.stream().map(Answer::status).filter(status -> status == 200))
                .hasSize(1);
        assertThat(answers.stream().map(Answer::status).filter(status -> status != 200))
                .allMatch(s -> s == 412);
        assertThat(client.get("/v1/policies/" + policy + "/revisions").json().path("revisions"))
                .hasSize(2);
    }

    @RepeatedTest(3)
    void ofThoseWhoCreateTheSameRealmOneDoesAndTheOthersAreToldAndLeaveNothing() throws Exception {
        scenario.host("x", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");

        var answers = atOnce(i -> client.post(
                "/v1/realms",
                scenario.realm("r", policy, Scenario.spec("LINUX_EARLY_RSI")),
                "Idempotency-Key",
                key(i)));

        assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 202))
                .allSatisfy(answer -> assertThat(answer.problem()).isIn("name-taken", "concurrent-change"));
        scenario.awaitOutcome("r");
        var told = client.get("/v1/audit?subject=realm/" + scenario.name("r"))
                .json()
                .path("entries");
        assertThat(Answer.texts(told, "event")).containsExactly("DECIDED", "GRANTED", "LAUNCHED", "RAN");
    }

    @RepeatedTest(3)
    void aQuotaThatIsWrittenAndDeletedByManyIsWholeOrGone() throws Exception {
        String quota = "/v1/quotas/" + scenario.name("q");

        var answers = atOnce(i -> i % 3 == 0
                ? client.delete(quota)
                : client.put(
                        quota, "{\"label\":{\"key\":\"team\",\"value\":\"%d\"},\"realmsMax\":%d}".formatted(i, i)));

        assertThat(answers.stream().map(Answer::status)).allMatch(List.of(200, 201, 404, 409, 412)::contains);
        Answer left = client.get(quota);
        if (left.status() == 200) {
            int realms = left.json().path("realmsMax").asInt();
            assertThat(left.json().path("label").path("value").asString()).isEqualTo(Integer.toString(realms));
            client.delete(quota);
        } else {
            assertThat(left.status()).isEqualTo(404);
        }
    }

    private String key(int i) {
        return scenario.name("key") + "-" + i;
    }

    private static List<Answer> atOnce(IntFunction<Answer> request) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> threads.submit((Callable<Answer>) () -> {
                        start.await();
                        return request.apply(i);
                    }))
                    .toList();
            start.countDown();
            var answers = new ArrayList<Answer>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
