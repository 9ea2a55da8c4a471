package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Answer.only;
import static io.realmwright.deployerpolicy.testing.Answer.texts;
import static io.realmwright.deployerpolicy.testing.Scenario.GUEST_DECLARES;
import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What deciding foresees of a realm on a host: the rehearsal of its launch and run. */
class ForecastApiTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    private static final HostProfile V10 = HostProfile.RMM_1_0_KVM_RME_V10;

    @ParameterizedTest(name = "{0} {1} {2} on init-ripas: {3}")
    @CsvSource({
        "HOST_ALL_MEMSLOTS, ACCEPT,   LINUX,           BOOTED",
        "HOST_ALL_MEMSLOTS, REJECT,   LINUX,           STALLED",
        "HOST_ALL_MEMSLOTS, WITHHOLD, EDK2_LINUX,      STALLED",
        "GUEST_DECLARES,    ACCEPT,   LINUX_EARLY_RSI, BOOTED",
        "GUEST_DECLARES,    ACCEPT,   LINUX,           FAULTED",
        "GUEST_DECLARES,    REJECT,   UNAWARE,         FAULTED",
    })
    void theForecastIsTheOutcomeOfARehearsal(String mode, String verdict, String guest, String outcome) {
        scenario.host("x", INIT_RIPAS);
        String policy = scenario.policy("p", "{\"kind\":\"" + mode + "\"}", verdict);

        JsonNode host = only(scenario.decide(policy, spec(guest)).path("hosts"));

        JsonNode forecast = host.path("forecast");
        assertThat(forecast.path("kind").asString()).isEqualTo("RAN");
        assertThat(forecast.path("outcome").path("kind").asString()).isEqualTo(outcome);
        assertThat(forecast.path("rim").asString()).hasSize(64);
        assertThat(forecast.path("rmiCalls").path("RMI_RTT_DATA_MAP_INIT").asInt())
                .isGreaterThanOrEqualTo(16);
        assertThat(forecast.path("granules").asLong()).isGreaterThan(16);
        List<String> warnings = texts(host.path("warnings"), "code");
        assertThat(warnings.contains("GUEST_WILL_FAULT")).isEqualTo(outcome.equals("FAULTED"));
        assertThat(warnings.contains("VERDICT_STOPS_GUEST")).isEqualTo(outcome.equals("STALLED"));
    }

    @ParameterizedTest(name = "{0} {1} {2} on RMM 1.0: {3}")
    @CsvSource({
        "HOST_ALL_MEMSLOTS, ACCEPT,   LINUX,           BOOTED,  true",
        "HOST_ALL_MEMSLOTS, WITHHOLD, EDK2_LINUX,      STALLED, true",
        "GUEST_DECLARES,    ACCEPT,   LINUX_EARLY_RSI, BOOTED,  false",
        "GUEST_DECLARES,    ACCEPT,   LINUX,           FAULTED, false",
    })
    void aRehearsalOnRmm1_0MakesTheCallsOfItsOwnKernel(
            String mode, String verdict, String guest, String outcome, boolean declared) {
        scenario.host("v10", V10);
        String policy = scenario.policy("p", "{\"kind\":\"" + mode + "\"}", verdict);

        JsonNode host = only(scenario.decide(policy, spec(guest)).path("hosts"));

        assertThat(host.path("unavailable")).isEmpty();
        JsonNode forecast = host.path("forecast");
        assertThat(forecast.path("outcome").path("kind").asString()).isEqualTo(outcome);
        assertThat(forecast.path("rmiCalls").path("RMI_DATA_CREATE").asInt()).isGreaterThanOrEqualTo(16);
        assertThat(forecast.path("rmiCalls").has("RMI_RTT_INIT_RIPAS")).isEqualTo(declared);
        assertThat(texts(host.path("warnings"), "code")).doesNotContain("RIPAS_NOT_ATTESTED", "GRANT_NOT_IN_TOKEN");
    }

    @Test
    void onRmm1_0TheForecastRimDependsOnWhoDeclaresTheMemory() {
        scenario.host("v10", V10);
        String byHost = scenario.policy("host", HOST_ALL, "ACCEPT");
        String byGuest = scenario.policy("guest", GUEST_DECLARES, "ACCEPT");

        assertThat(rim(scenario.decide(byGuest, spec("LINUX_EARLY_RSI"))))
                .isNotEqualTo(rim(scenario.decide(byHost, spec("LINUX_EARLY_RSI"))));
    }

    @Test
    void aChangedByteOfAMeasuredImageChangesTheForecastRim() {
        scenario.host("a", V14);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");

        String rim = rim(scenario.decide(policy, spec("LINUX")));

        assertThat(rim(scenario.decide(policy, spec("LINUX")))).isEqualTo(rim);
        assertThat(rim(scenario.decide(policy, spec("LINUX").replace("\"seed\":7", "\"seed\":8"))))
                .isNotEqualTo(rim);
    }

    @Test
    void rangesAreResolvedAgainstTheRealmsMemslots() {
        scenario.host("x", INIT_RIPAS);
        String mode = """
                {"kind":"DEPLOYER_RANGES","ranges":[{"slot":0,"part":"LOW_HALF"},{"slot":0,"offset":"0xfff000","size":"0x1000"}]}""";
        String policy = scenario.policy("p", mode, "ACCEPT");

        JsonNode host = only(scenario.decide(policy, spec("LINUX")).path("hosts"));

        assertThat(host.path("plan").path("ripasMode")).isEqualTo(Answer.tree("""
                {"kind":"DEPLOYER_RANGES","ranges":[
                  {"base":"0x80000000","size":"0x800000"},{"base":"0x80fff000","size":"0x1000"}]}"""));
        assertThat(host.path("forecast").path("outcome").path("kind").asString())
                .as("the first page table is in the last granule, which is declared")
                .isEqualTo("BOOTED");
    }

    /** On RMM 1.0 the UABI takes a range that crosses memslots whole, on init-ripas the VMM splits it there. */
    @Test
    void aForecastTellsThePlanRangeByRangeTablesAndWhatItDoesNotCheck() {
        scenario.host("v10", V10);
        scenario.host("x", INIT_RIPAS);
        String spec = spec("LINUX")
                .replace(
                        "[{\"base\":\"0x80000000\",\"size\":\"0x1000000\"}]",
                        "[{\"base\":\"0x80000000\",\"size\":\"0x800000\"},{\"base\":\"0x80800000\",\"size\":\"0x800000\"}]");
        String policy = scenario.policy(
                "p",
                "{\"kind\":\"DEPLOYER_RANGES\",\"ranges\":[{\"base\":\"0x80000000\",\"size\":\"0x1000000\"}]}",
                "ACCEPT");

        JsonNode hosts = scenario.decide(policy, spec).path("hosts");

        assertThat(ranges(hosts.path(0))).containsExactly("0x80000000+0x1000000");
        assertThat(ranges(hosts.path(1))).containsExactly("0x80000000+0x800000", "0x80800000+0x800000");
        hosts.forEach(host -> {
            JsonNode forecast = host.path("forecast");
            assertThat(forecast.path("declared"))
                    .allSatisfy(
                            range -> assertThat(range.path("rmiCalls").asLong()).isPositive());
            assertThat(forecast.path("rttGranules").asLong())
                    .isBetween(3L, forecast.path("granules").asLong());
            assertThat(forecast.path("notChecked").valueStream().map(JsonNode::asString))
                    .contains("HOST_CAPACITY", "QUOTA", "TOKEN");
        });
    }

    private static List<String> ranges(JsonNode host) {
        return host.path("forecast")
                .path("declared")
                .valueStream()
                .map(range ->
                        range.path("base").asString() + "+" + range.path("size").asString())
                .toList();
    }

    private static String rim(JsonNode decision) {
        return only(decision.path("hosts")).path("forecast").path("rim").asString();
    }
}
