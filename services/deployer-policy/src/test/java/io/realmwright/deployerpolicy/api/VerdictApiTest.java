package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.rule;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Verdicts on what a running guest asks for: decided, carried out, and seen in the trace and in the audit trail. */
class VerdictApiTest extends ServiceTest {
    private static final String SET_RIPAS = "{\"call\":\"RMI_RTT_SET_RIPAS\"";
    private static final String REC_ENTER = "{\"call\":\"RMI_REC_ENTER\"";

    @ParameterizedTest(name = "{0} on {2}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ACCEPT | - | RMM_1_0_KVM_RME_V10 | BOOTED",
                "WITHHOLD | - | RMM_1_0_KVM_RME_V10 | STALLED(RIPAS_WITHHELD)",
                "ACCEPT | - | RMM_2_0_KVM_RMI_V14 | BOOTED",
                "WITHHOLD | - | RMM_2_0_KVM_RMI_V14 | STALLED(RIPAS_WITHHELD)",
                "ACCEPT | - | RMM_2_0_KVM_RMI_INIT_RIPAS | BOOTED",
                "WITHHOLD | - | RMM_2_0_KVM_RMI_INIT_RIPAS | STALLED(RIPAS_WITHHELD)",
                "REJECT | - | RMM_2_0_KVM_RMI_INIT_RIPAS | STALLED(RIPAS_REJECTED)",
                "ACCEPT_RANGES | {\"slot\":0,\"part\":\"ALL\"} | RMM_2_0_KVM_RMI_INIT_RIPAS | BOOTED",
                "ACCEPT_RANGES | {\"slot\":0,\"part\":\"LOW_HALF\"} | RMM_2_0_KVM_RMI_INIT_RIPAS | STALLED(RIPAS_REJECTED)",
            })
    void aVerdictIsCarriedOutAndSeen(String verdict, String range, HostProfile profile, String outcome) {
        scenario.host("a", profile);
        String ranges = range.equals("-") ? "" : ",\"ranges\":[" + range + "]";
        String policy = scenario.rules("p", rule("only", "true", """
                {"kind":"ALLOW","ripasMode":%s,"verdict":{"kind":"%s"%s}}""".formatted(HOST_ALL, verdict, ranges)));
        scenario.create("r", policy, spec("LINUX_EARLY_RSI"));
        scenario.awaitOutcome("r");

        List<String> run = linesOfTheRun();
        long set = run.stream().filter(line -> line.startsWith(SET_RIPAS)).count();
        long entered = run.stream().filter(line -> line.startsWith(REC_ENTER)).count();
        switch (outcome) {
            case "BOOTED" -> assertThat(set).as("the whole request").isPositive();
            case "STALLED(RIPAS_WITHHELD)" -> {
                assertThat(set).isZero();
                assertThat(entered).as("the vCPU is not run again").isEqualTo(1);
            }
            case "STALLED(RIPAS_REJECTED)" -> {
                assertThat(set > 0).as("the allowed part").isEqualTo(range.contains("LOW_HALF"));
                assertThat(entered).as("the vCPU is told").isGreaterThan(1);
            }
            default -> throw new AssertionError(outcome);
        }

        JsonNode ran = client.get("/v1/audit?event=RAN&subject=realm/" + scenario.name("r"))
                .json()
                .path("entries")
                .path(0)
                .path("details");
        assertThat(ran.path("outcome").asString()).isEqualTo(outcome);
        assertThat(ran.path("plan").asString())
                .contains("verdict " + verdict + "\n")
                .contains(
                        switch (range) {
                            case "-" -> "";
                            case "{\"slot\":0,\"part\":\"ALL\"}" -> "accept [0x80000000, 0x81000000)\n";
                            default -> "accept [0x80000000, 0x80800000)\n";
                        });
    }

    private List<String> linesOfTheRun() {
        List<String> trace = client.get("/v1/realms/" + scenario.name("r") + "/trace?limit=10000")
                .text()
                .lines()
                .toList();
        int activated = 0;
        while (!trace.get(activated).startsWith("{\"call\":\"RMI_REALM_ACTIVATE\"")) {
            activated++;
        }
        return trace.subList(activated, trace.size());
    }
}
