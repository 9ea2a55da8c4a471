package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.host.HostProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FaultPlanTest {
    private static final String FAULTS = "/v1/machines/rich/faults";
    private static final String EMPTY = "{\"faults\":[]}";

    private final Agent agent = Agent.shared();

    @AfterEach
    void noFaults() {
        agent.delete(FAULTS).expect(200);
    }

    @Test
    void aPlanIsAnsweredAsItWasTakenAndShownUntilItIsRemoved() {
        var plan = """
                {"faults":[
                {"command":"RMI_REALM_CREATE","nth":1,"action":{"kind":"REFUSE","status":"RMI_ERROR_INPUT","index":3}},
                {"command":"RMI_REC_ENTER","nth":7,"action":{"kind":"DELAY","duration":"PT0.25S"}},
                {"command":"RMI_RTT_INIT_RIPAS","nth":2,"action":{"kind":"PARTIAL_PROGRESS"}},
                {"command":"RMI_REALM_DESTROY","nth":1,"action":{"kind":"POWER_LOSS"}}]}""";

        var taken = agent.put(FAULTS, plan).expect(200);

        assertThat(taken.body()).isEqualTo(plan.replace("\n", ""));
        assertThat(agent.get(FAULTS).expect(200).body()).isEqualTo(taken.body());
        assertThat(agent.delete(FAULTS).expect(200).body()).isEqualTo(EMPTY);
        assertThat(agent.get(FAULTS).expect(200).body()).isEqualTo(EMPTY);
    }

    @Test
    void aRebootForgetsThePlan() {
        agent.put(FAULTS, fault("{\"kind\":\"POWER_LOSS\"}")).expect(200);

        agent.post("/v1/machines/rich/reboot").expect(200);

        assertThat(agent.get(FAULTS).expect(200).body()).isEqualTo(EMPTY);
    }

    @Test
    void partialProgressTakesMoreCallsAndComesToTheSame() {
        var realms = "/v1/machines/rich/realms";
        var whole = agent.post(realms, LaunchBody.of(agent).json()).expect(201).json();
        agent.put(FAULTS, fault("{\"kind\":\"PARTIAL_PROGRESS\"}").replace("RMI_REALM_CREATE", "RMI_RTT_INIT_RIPAS"))
                .expect(200);

        var partial =
                agent.post(realms, LaunchBody.of(agent).json()).expect(201).json();

        assertThat(partial.path("rim")).isEqualTo(whole.path("rim"));
        assertThat(partial.path("rmiCalls").path("RMI_RTT_INIT_RIPAS").longValue())
                .isGreaterThan(whole.path("rmiCalls").path("RMI_RTT_INIT_RIPAS").longValue());
    }

    @Test
    void everythingWrongWithAPlanIsNamedAndThePlanInForceStays() {
        agent.put(FAULTS, fault("{\"kind\":\"POWER_LOSS\"}")).expect(200);

        var problem = agent.put(FAULTS, """
                        {"faults":[
                          {"command":"RMI_REALM_CRATE","nth":0,"action":{"kind":"REFUSE","status":"RMI_SUCCESS","index":256}},
                          {"command":"RMI_REC_ENTER","nth":1,"action":{"kind":"DELAY","duration":"PT61S"}},
                          {"command":"RMI_REC_ENTER","nth":1,"action":{"kind":"DELAY","duration":"soon"}},
                          {"command":"RMI_REC_ENTER","nth":1,"action":{"kind":"EXPLODE","radius":3}},
                          {"nth":"first"}]}""").expectProblem(422, "invalid-request");

        assertThat(Answer.errors(problem).stream().map(error -> error.replaceFirst(": .*", "")))
                .containsExactly(
                        "faults[0].command",
                        "faults[0].nth",
                        "faults[0].action.status",
                        "faults[0].action.index",
                        "faults[1].action.duration",
                        "faults[2].action.duration",
                        "faults[3].action.kind",
                        "faults[4].command",
                        "faults[4].nth",
                        "faults[4].action");
        assertThat(agent.get(FAULTS).json().path("faults")).hasSize(1);
    }

    @Test
    void theContractNamesTheCommandsAndRefusalsOfTheMachines() {
        assertThat(namesInContract("RmiCommand"))
                .containsExactlyInAnyOrderElementsOf(ofAllProfiles(HostProfile::rmiCommands));
        assertThat(namesInContract("RmiRefusalStatus"))
                .containsExactlyInAnyOrderElementsOf(ofAllProfiles(HostProfile::rmiRefusals));
    }

    private static Set<String> ofAllProfiles(Function<HostProfile, List<String>> names) {
        return Arrays.stream(HostProfile.values())
                .flatMap(profile -> names.apply(profile).stream())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({"old, RMM_1_0_KVM_RME_V10", "plain, RMM_2_0_KVM_RMI_V14", "rich, RMM_2_0_KVM_RMI_INIT_RIPAS"})
    void aMachineTakesTheNamesOfItsOwnRmmAndNoOthers(String machine, HostProfile profile) {
        String faults = "/v1/machines/" + machine + "/faults";
        for (String command : namesInContract("RmiCommand")) {
            String plan = fault("{\"kind\":\"POWER_LOSS\"}").replace("RMI_REALM_CREATE", command);
            agent.put(faults, plan).expect(profile.rmiCommands().contains(command) ? 200 : 422);
        }
        for (String status : namesInContract("RmiRefusalStatus")) {
            String plan = fault("{\"kind\":\"REFUSE\",\"status\":\"" + status + "\"}");
            agent.put(faults, plan).expect(profile.rmiRefusals().contains(status) ? 200 : 422);
        }
        agent.delete(faults);
    }

    private static List<String> namesInContract(String schema) {
        return Contract.document()
                .path("components")
                .path("schemas")
                .path(schema)
                .path("enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static String fault(String action) {
        return "{\"faults\":[{\"command\":\"RMI_REALM_CREATE\",\"nth\":1,\"action\":" + action + "}]}";
    }
}
