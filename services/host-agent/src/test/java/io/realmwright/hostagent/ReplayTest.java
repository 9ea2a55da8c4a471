package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final String REPLAY = "/v1/machines/rich/replay";

    private final Agent agent = Agent.shared();

    @Test
    void theTraceOfALaunchReplaysAndAgrees() {
        var trace = lines(launched());

        var replay = replay(trace).expect(200).json();

        assertThat(replay.path("result").stringValue()).isEqualTo("AGREED");
        assertThat(replay.path("lines").longValue()).isEqualTo(trace.lines().count());
        assertThat(replay.path("calls").longValue()).isPositive();
        assertThat(replay.path("compared").path("call results")).isEqualTo(replay.path("calls"));
        assertThat(replay.path("differences")).isEmpty();
        assertThat(replay.path("simulated").booleanValue()).isTrue();
    }

    @Test
    void theTraceOfALaunchDownloadsAsAFileThatReplays() {
        var realm = launched();

        var file = agent.get(realm + "/trace.jsonl.gz").expect(200);

        assertThat(file.header("content-type")).isEqualTo("application/gzip");
        assertThat(file.header("content-disposition"))
                .isEqualTo(
                        "attachment; filename=\"%s.jsonl.gz\"".formatted(realm.substring(realm.lastIndexOf('/') + 1)));
        var replay = agent.replayGzip(REPLAY, file.bytes()).expect(200).json();
        assertThat(replay.path("result").stringValue()).isEqualTo("AGREED");
        assertThat(replay.path("lines").longValue())
                .isEqualTo(lines(realm).lines().count());
    }

    @Test
    void aRealmThatIsNotThereHasNoTraceToDownload() {
        agent.get("/v1/machines/rich/realms/8b5fce53-7a2c-4b0e-9a53-9d1c6c2d9c52/trace.jsonl.gz")
                .expectProblem(404, "unknown-realm");
    }

    @Test
    void anAnswerThatDiffersIsNamedByLineAndCall() {
        var replay = replay("""
                {"call":"RMI_VERSION","args":["0x20000"],"x":["0x0","0x20000","0x20000","0x0","0x0"]}
                {"call":"RMI_VERSION","args":["0x10000"],"x":["0x0","0x20000","0x20000","0x0","0x0"]}
                """).expect(200);

        assertThat(replay.json().path("result").stringValue()).isEqualTo("DIFFERS");
        assertThat(replay.json().path("differing").longValue()).isEqualTo(1);
        var difference = replay.json().path("differences").path(0);
        assertThat(difference.path("line").longValue()).isEqualTo(2);
        assertThat(difference.path("call").stringValue()).contains("RMI_VERSION");
    }

    @Test
    void whatIsNoTraceIsRefusedWithItsLine() {
        var problem = replay("""
                {"call":"RMI_VERSION","args":["0x20000"],"x":["0x0","0x20000","0x20000","0x0","0x0"]}
                {"cal":"RMI_VERSION"}
                """).expectProblem(422, "unreadable-trace");

        assertThat(problem.path("line").longValue()).isEqualTo(2);
    }

    @Test
    void aMachineThatIsNotThereReplaysNothing() {
        agent.replay("/v1/machines/none/replay", "{}").expectProblem(404, "unknown-machine");
    }

    /** The path of a realm that has run. */
    private String launched() {
        var realm = agent.post("/v1/machines/rich/realms", LaunchBody.of(agent).json())
                .expect(201)
                .json();
        var path = "/v1/machines/rich/realms/" + realm.path("id").stringValue();
        agent.post(path + "/run").expect(200);
        return path;
    }

    private String lines(String realm) {
        return agent.get(realm + "/trace?limit=10000").expect(200).body();
    }

    private Answer replay(String trace) {
        return agent.replay(REPLAY, trace);
    }
}
