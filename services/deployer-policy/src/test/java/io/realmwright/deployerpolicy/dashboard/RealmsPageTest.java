package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RealmsPageTest extends BrowserTest {
    private static final int MORE_THAN_A_PAGE = 230;

    @Test
    @DisplayName("Filters are in the address, so that it can be sent to somebody else")
    void filtersAreInTheAddress() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        scenario.create("r", policy, Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        String filter = "/realms?host=" + scenario.name("a") + "&label=scenario%3D" + number("r");

        open("#/realms");
        browser.fill("Label", "scenario=" + number("r"));
        browser.fill("Host", scenario.name("a"));
        browser.await(() -> assertThat(browser.text(".realm-name")).isEqualTo(scenario.name("r")));
        browser.await(() -> assertThat(browser.hash()).isEqualTo(filter));
        assertThat(browser.text(".realm-row")).contains("RUNNING", "BOOTED", scenario.name("a"));
        assertAccessible();

        browser.choose("Phase", "STOPPED");
        browser.awaitText("main", "No realm fits these filters.");
        assertAccessible();

        open("#" + filter + "&phase=RUNNING");
        browser.await(() -> assertThat(browser.text(".realm-name")).isEqualTo(scenario.name("r")));
    }

    private String number(String realm) {
        return scenario.get(realm).path("labels").path("scenario").asString();
    }

    @Test
    @DisplayName("A filter that makes no sense is refused in the service's own words")
    void aFilterThatMakesNoSense() {
        open("#/realms?label=nothing");

        browser.awaitText(".failure", "is written key=value");
        assertAccessible();
    }

    @Test
    @DisplayName("What happens to a realm shows without reloading")
    void theListIsLive() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        open("#/realms?host=" + scenario.name("a"));
        browser.awaitText("main", "No realm fits these filters.");

        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));

        browser.awaitText(".realm-row", "BOOTED");
    }

    @Test
    @DisplayName("A list longer than a page grows while one scrolls, and only the rows in view are drawn")
    void aLongListGrows() {
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            String realm = scenario.realm("r%03d".formatted(i), policy, Scenario.spec("LINUX"));
            browser.await(
                    () -> assertThat(client.post("/v1/realms", realm).status()).isEqualTo(202));
        }
        open("#/realms?label=scenario%3D" + number("r000"));
        browser.awaitText("main", "The first 200 realms");
        assertThat(browser.count(".realm-row")).isLessThan(60);

        browser.await(() -> {
            browser.run("const list = document.querySelector('.realm-list'); list.scrollTop = list.scrollHeight");
            assertThat(browser.text(".realm-row")).contains(scenario.name("r229"));
        });
        assertThat(browser.text("main")).contains("230 realms");
        assertThat(browser.count(".realm-row")).isLessThan(60);
    }
}
