package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RmiTest {
    private static final String RMI = "/v1/machines/rich/rmi";

    private final Agent agent = Agent.shared();

    @Test
    void aCallIsAnsweredWithItsRegistersAndTheNameOfItsStatus() {
        assertThat(agent.post(RMI, "{\"call\":\"RMI_VERSION\",\"args\":[\"0x20000\"]}")
                        .expect(200)
                        .body())
                .isEqualTo("{\"call\":\"RMI_VERSION\",\"args\":[\"0x20000\"],"
                        + "\"x\":[\"0x0\",\"0x20000\",\"0x20000\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"],"
                        + "\"status\":\"RMI_SUCCESS\",\"index\":0,\"simulated\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "rich, RMI_REALM_ACTIVATE, 0xffffffffffffffff, 0x1, RMI_ERROR_INPUT",
        "rich, 0xc4000157, 0x0, 0x1, RMI_ERROR_INPUT",
        "rich, RMI_PDEV_CREATE, 0x0, 0xffffffffffffffff, NOT_SUPPORTED",
        "rich, RMI_GRANULE_DELEGATE, 0x0, 0xffffffffffffffff, NOT_SUPPORTED",
        "old, RMI_GRANULE_DELEGATE, 0x1, 0x1, RMI_ERROR_INPUT",
        "old, RMI_VERSION, 0x20000, 0x1, RMI_ERROR_INPUT"
    })
    void aRefusalIsAnAnswer(String machine, String call, String argument, String x0, String status) {
        var answer = agent.post(
                        "/v1/machines/" + machine + "/rmi",
                        "{\"call\":\"%s\",\"args\":[\"%s\"]}".formatted(call, argument))
                .expect(200)
                .json();

        assertThat(answer.path("x").get(0).stringValue()).isEqualTo(x0);
        assertThat(answer.path("status").stringValue()).isEqualTo(status);
    }

    @Test
    void whatACallChangesTheMachineShows() {
        long before = delegated();
        // The last granule of DRAM: the kernel hands out the first ones.
        String range = "\"args\":[\"0x803ffff000\",\"0x8040000000\"]";

        agent.post(RMI, "{\"call\":\"RMI_GRANULE_RANGE_DELEGATE\"," + range + "}")
                .expect(200);
        assertThat(delegated()).isEqualTo(before + 1);

        agent.post(RMI, "{\"call\":\"RMI_GRANULE_RANGE_UNDELEGATE\"," + range + "}")
                .expect(200);
        assertThat(delegated()).isEqualTo(before);
    }

    private long delegated() {
        return agent.get("/v1/machines/rich")
                .expect(200)
                .json()
                .path("granules")
                .path("DELEGATED")
                .asLong(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"args\":[]}|call: is missing",
                "{\"call\":\"VERSION\"}|call: must be the name of an RMI call, or a FID as 0x and 1 to 16 hexadecimal digits",
                "{\"call\":\"RMI_NOTHING\"}|call: must be the name of an RMI call, or a FID as 0x and 1 to 16 hexadecimal digits",
                "{\"call\":\"RMI_VERSION\",\"args\":[131072]}|args[0]: must be a string of 0x and 1 to 16 hexadecimal digits",
                "{\"call\":\"RMI_VERSION\",\"args\":\"0x0\"}|args: must be an array of at most 6 elements"
            })
    void aCallThatIsNoneReachesNoMachine(String body, String error) {
        agent.post(RMI, body).expectErrors(422, "invalid-request", error);
    }
}
