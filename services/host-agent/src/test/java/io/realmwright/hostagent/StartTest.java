package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start that would be quietly unsafe, or that cannot mean what it says, is refused with a sentence. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {
    private static final Database DATABASE = Database.create();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", ""})
    void withNothingToTellCallersApartTheAgentListensOnALoopbackAddressOnly(String address, CapturedOutput output) {
        assertNoStart("--server.address=" + address);

        assertThat(output)
                .contains("has nothing by which to authenticate its callers")
                .contains("Set realmwright.agent.grant-keys");
    }

    @Test
    void anIssuerWithoutAnAudienceStopsTheStart(CapturedOutput output) {
        assertNoStart(
                "--server.address=127.0.0.1",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1");

        assertThat(output)
                .contains("tokens for other services would be good here")
                .contains("Set spring.security.oauth2.resourceserver.jwt.audiences");
    }

    @Test
    void anIssuerAndCallersWithoutATokenStopTheStart(CapturedOutput output) {
        assertNoStart(
                "--server.address=127.0.0.1",
                "--realmwright.security.anonymous=everywhere",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1",
                "--spring.security.oauth2.resourceserver.jwt.audiences=realmwright");

        assertThat(output).contains("tokens would mean nothing").contains("Remove one of the two.");
    }

    @Test
    void beyondThisMachineGrantKeysAreEnoughAndNobodyElsesTokensAreGood() {
        var keys = directory.resolve("keys.json");
        Deployer.publish(keys, Deployer.withKey("deployer-1"));
        try (var agent =
                Agent.start(Database.create(), "--server.address=0.0.0.0", "--realmwright.agent.grant-keys=" + keys)) {
            agent.get("/v1/machines").expectProblem(401, "unauthenticated");
        }
    }

    @Test
    void whoeverWantsItServesEverybodyAndIsToldSo(CapturedOutput output) {
        try (var agent = Agent.start(
                Database.create(), "--server.address=0.0.0.0", "--realmwright.security.anonymous=everywhere")) {
            agent.get("/v1/machines").expect(200);
        }

        assertThat(output).contains("WARN").contains("Callers are not asked who they are");
    }

    @Test
    void aDatabaseOfAnotherAgentStopsTheStart(CapturedOutput output) {
        try (var agent = Agent.start(DATABASE)) {
            var realm = agent.post(
                            "/v1/machines/rich/realms", LaunchBody.of(agent).json())
                    .expect(201);

            assertNoStart("--server.address=127.0.0.1");

            assertThat(output).contains("Another host-agent is running on the same database.");
            assertThat(agent.get(realm.header("location")).json().path("state").stringValue())
                    .isEqualTo("ACTIVE");
        }
    }

    @Test
    void openModeIsSaidLoudly(CapturedOutput output) {
        try (var agent = Agent.start(DATABASE)) {
            agent.get("/v1/machines").expect(200);
        }

        assertThat(output).contains("WARN").contains("OPEN MODE");
    }

    @Test
    void aMissingKeyFileStopsTheStart() {
        assertNoStart("--realmwright.agent.grant-keys=" + directory.resolve("missing.json"))
                .hasRootCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"a\"}]}"})
    void aKeyFileWithoutUsableKeysStopsTheStart(String text) throws IOException {
        var file = Files.writeString(directory.resolve("keys.json"), text);

        assertNoStart("--realmwright.agent.grant-keys=" + file).rootCause().isInstanceOf(Exception.class);
    }

    @Test
    void aPrivateKeyInTheKeyFileStopsTheStart() throws IOException {
        var key = Deployer.withKey("key-1").key().toJSONString();
        var file = Files.writeString(directory.resolve("keys.json"), "{\"keys\":[" + key + "]}");

        assertNoStart("--realmwright.agent.grant-keys=" + file).rootCause().hasMessageContaining("holds a private key");
    }

    @Test
    void anUnknownProfileStopsTheStart() {
        assertNoStart("--realmwright.agent.machines[0].profile=rmm-3.0")
                .rootCause()
                .hasMessage("machine old has the unknown profile rmm-3.0");
    }

    @Test
    void twoMachinesOfOneNameStopTheStart() {
        assertNoStart("--realmwright.agent.machines[1].name=old").rootCause().hasMessage("two machines are called old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"512MB", "2TB", "1500MB"})
    void aSizeThatNoMachineHasStopsTheStart(String dram) {
        assertNoStart("--realmwright.agent.machines[1].dram=" + dram)
                .rootCause()
                .hasMessageContaining("DRAM is 1 GiB to 1 TiB");
    }

    @Test
    void aNameThatFitsInNoPathStopsTheStart() {
        assertNoStart("--realmwright.agent.machines[1].name=a/b");
    }

    @Test
    void aMachineBootsWithTheFaultPlanOfTheConfiguration() {
        var plan = "{\"faults\":[{\"command\":\"RMI_REALM_CREATE\",\"nth\":1,"
                + "\"action\":{\"kind\":\"REFUSE\",\"status\":\"RMI_ERROR_INPUT\",\"index\":0}}]}";
        try (var agent = Agent.start(Database.create(), "--realmwright.agent.machines[2].fault-plan=" + plan)) {
            assertThat(agent.get("/v1/machines/rich/faults").expect(200).body()).isEqualTo(plan);

            agent.post("/v1/machines/rich/realms", LaunchBody.of(agent).json()).expectProblem(409, "rmi-refused");

            agent.post("/v1/machines/rich/reboot").expect(200);
            assertThat(agent.get("/v1/machines/rich/faults").json().path("faults"))
                    .isEmpty();
        }
    }

    @Test
    void aFaultPlanThatCannotBeStopsTheStart() {
        assertNoStart("--realmwright.agent.machines[0].fault-plan={\"faults\":[{\"command\":\"RMI_CRASH\"}]}")
                .rootCause()
                .hasMessageContaining("faults[0].command");
        assertNoStart("--realmwright.agent.machines[0].fault-plan=boom").rootCause();
    }

    private static AbstractThrowableAssert<?, ?> assertNoStart(String... properties) {
        return assertThatThrownBy(() -> Agent.start(DATABASE, properties).close());
    }
}
