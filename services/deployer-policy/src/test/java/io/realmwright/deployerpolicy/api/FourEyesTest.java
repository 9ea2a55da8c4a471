package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "realmwright.policy.four-eyes=true")
class FourEyesTest extends ServiceTest {
    private static final String ACTOR = "X-Realmwright-Actor";

    @Test
    void somebodyElseThanItsAuthorPublishesARevision() {
        create(ACTOR, "ada");

        Answer own = publish(ACTOR, "ada");
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.problem()).isEqualTo("four-eyes");
        assertThat(own.json().path("detail").asString())
                .isEqualTo(
                        "The revision was written by ada and is to be published by somebody else who is known, not by"
                                + " ada.");
        assertThat(client.get(policy()).json().has("publishedRevision")).isFalse();

        assertThat(publish(ACTOR, "grace").status()).isEqualTo(200);
        assertThat(client.get(policy() + "/revisions/1").json().path("author").asString())
                .isEqualTo("ada");
    }

    @Test
    void nobodyIsTwoPeopleByStayingAnonymous() {
        create();
        assertThat(publish(ACTOR, "ada").problem()).isEqualTo("four-eyes");

        Answer second = client.put(
                policy(),
                "{\"rules\":[" + Scenario.rule("a", "true", Scenario.deny("no")) + "]}",
                "If-Match",
                "\"1\"",
                ACTOR,
                "ada");
        assertThat(second.status()).isEqualTo(200);
        assertThat(client.post(policy() + "/revisions/2/publish", "", "If-Match", "\"2\"")
                        .problem())
                .isEqualTo("four-eyes");
    }

    private String policy() {
        return "/v1/policies/" + scenario.name("p");
    }

    private void create(String... headers) {
        Answer created = client.post(
                "/v1/policies",
                "{\"name\":\"%s\",\"rules\":[%s]}"
                        .formatted(scenario.name("p"), Scenario.rule("a", "true", Scenario.deny("no"))),
                headers);
        assertThat(created.status()).isEqualTo(201);
    }

    private Answer publish(String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "If-Match";
        all[1] = "\"1\"";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return client.post(policy() + "/revisions/1/publish", "", all);
    }
}
