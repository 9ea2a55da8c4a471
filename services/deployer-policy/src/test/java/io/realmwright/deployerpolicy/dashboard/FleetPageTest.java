package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class FleetPageTest extends BrowserTest {
    private String card;

    @BeforeEach
    void oneHost() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        card = "[aria-labelledby=host-" + scenario.name("a") + "]";
    }

    @Test
    @DisplayName("A host is shown with its profile, its granules by state, its leaks and its realms")
    void aHostIsShown() {
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        open("#/fleet");

        browser.awaitText(card, "RTT");
        assertThat(browser.text(card))
                .contains("READY", "rmm-2.0+kvm-rmi-v14", "simulated", "No granule leaked.", "DATA", "1 realm")
                .contains("cannot be set: tokens do not name the grant");
        assertAccessible();

        browser.click(card + " a");
        browser.awaitText(".realm-row", scenario.name("r"));
        assertThat(browser.hash()).isEqualTo("/realms?host=" + scenario.name("a"));
    }

    @Test
    @DisplayName("Cordoning shows at once, and undoes itself by the same button")
    void aHostIsCordoned() {
        open("#/fleet");
        browser.click(card + " button");
        browser.awaitText(card, "CORDONED");

        browser.click(card + " button");

        browser.await(() -> assertThat(browser.text(card)).doesNotContain("CORDONED"));
    }

    @Test
    @DisplayName("A host is drained only after a question, until it is uncordoned")
    void aHostIsDrained() {
        open("#/fleet");
        browser.click(card + " button:nth-of-type(2)");
        browser.awaitText("dialog", "Their memory is lost.");
        assertAccessible();
        browser.keys("dialog", Keys.ESCAPE);
        browser.await(() -> assertThat(browser.count("dialog")).isZero());
        assertThat(browser.text(card)).doesNotContain("DRAINING");

        browser.click(card + " button:nth-of-type(2)");
        browser.press("Drain it");
        browser.awaitText(card, "DRAINING");
        assertThat(browser.text(card + " button")).doesNotContain("Drain ");
        assertAccessible();

        browser.click(card + " button");

        browser.await(() -> assertThat(browser.text(card)).doesNotContain("DRAINING"));
    }

    @Test
    @DisplayName("A realm that no host can take is listed with each host's reason")
    void placementReasonsAreListed() {
        scenario.create("r", scenario.policy("p", Scenario.GUEST_DECLARES, "ACCEPT"), Scenario.spec("LINUX"));
        scenario.awaitPhase("r", "DECIDED");
        open("#/fleet");

        browser.awaitText("[aria-labelledby=waiting]", scenario.name("r"));
        assertThat(browser.text("[aria-labelledby=waiting]"))
                .contains("MODE_UNAVAILABLE", "not on " + scenario.name("a"));
        assertAccessible();
    }

    @Test
    @DisplayName("A host whose agent is away says so")
    void aHostThatIsAway() {
        scenario.register("gone", "http://127.0.0.1:9");
        open("#/fleet");

        browser.awaitText("[aria-labelledby=host-" + scenario.name("gone") + "]", "NOT_READY");
        browser.awaitText("[aria-labelledby=host-" + scenario.name("gone") + "]", "UNREACHABLE");
        assertAccessible();
    }
}
