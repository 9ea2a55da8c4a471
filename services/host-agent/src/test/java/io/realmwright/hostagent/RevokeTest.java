package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A launch that was called off has no realm and never will. */
class RevokeTest {
    private static final String REALMS = "/v1/machines/rich/realms";
    private static final String LAUNCHES = "/v1/machines/rich/launches/";

    private final Agent agent = Agent.shared();

    @Test
    void whatCameOfALaunchIsTornDown() {
        long free = freeGranules();
        var body = LaunchBody.of(agent);
        var realm = agent.post(REALMS, body.json()).expect(201).json();

        var revoked = agent.delete(LAUNCHES + body.launchId()).expect(200).json();

        assertThat(revoked.path("launchId").stringValue()).isEqualTo(body.launchId());
        assertThat(revoked.path("realm").path("id")).isEqualTo(realm.path("id"));
        assertThat(revoked.path("realm").path("state").stringValue()).isEqualTo("STOPPED");
        assertThat(freeGranules()).isEqualTo(free);
        assertThat(agent.delete(LAUNCHES + body.launchId()).expect(200).json())
                .as("calling off again changes nothing")
                .isEqualTo(revoked);
    }

    @Test
    void aRequestThatComesTooLateIsRefusedAndDoesNothing() {
        long free = freeGranules();
        var body = LaunchBody.of(agent);
        var revoked = agent.delete(LAUNCHES + body.launchId()).expect(200).json();
        assertThat(revoked.has("realm")).isFalse();

        var problem = agent.post(REALMS, body.json()).expectProblem(409, "launch-revoked");

        assertThat(problem.path("launchId").stringValue()).isEqualTo(body.launchId());
        assertThat(freeGranules()).isEqualTo(free);
        agent.post(REALMS, body.launchId(UUID.randomUUID().toString()).json()).expect(201);
    }

    @Test
    void aLaunchOnAnotherMachineIsLeftAlone() {
        var body = LaunchBody.of(agent);
        var realm = agent.post(REALMS, body.json()).expect(201);

        agent.delete("/v1/machines/plain/launches/" + body.launchId()).expect(200);

        assertThat(agent.get(realm.header("location")).json().path("state").stringValue())
                .isEqualTo("ACTIVE");
    }

    @Test
    void whatIsNoLaunchIdIsNotFound() {
        agent.delete(LAUNCHES + "x").expectProblem(404, "not-found");
        agent.delete("/v1/machines/none/launches/" + UUID.randomUUID()).expectProblem(404, "unknown-machine");
    }

    private long freeGranules() {
        return agent.get("/v1/machines/rich").json().path("freeGranules").longValue();
    }
}
