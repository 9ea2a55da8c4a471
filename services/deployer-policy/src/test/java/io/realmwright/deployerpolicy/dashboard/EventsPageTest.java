package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsPageTest extends BrowserTest {
    @Test
    @DisplayName("What happens shows as it happens, the latest first, and leads to what it happened to")
    void eventsShowAsTheyHappen() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        open("#/events");
        browser.awaitText("main", "host " + scenario.name("a"));

        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));

        browser.awaitText("main", "realm " + scenario.name("r") + " changed ▶ RUNNING");
        assertAccessible();
        browser.press("realm " + scenario.name("r"));
        browser.awaitText("h1", scenario.name("r"));
    }

    @Test
    @DisplayName("A service that does not answer is said in the place of its events, which come once it answers again")
    void aLostServiceIsSaid() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        open("#/events");
        browser.awaitText("main", "host " + scenario.name("a"));
        browser.press("Fleet");
        browser.awaitText("h1", "Fleet");

        browser.online(false);
        browser.press("Events");
        browser.awaitText(".failure", "The service does not answer.");
        assertAccessible();
        browser.online(true);

        browser.awaitText("main", "host " + scenario.name("a"));
        browser.await(() -> assertThat(browser.count(".failure")).isZero());
    }

    @Test
    @DisplayName(
            "A page that nobody sees holds no connection: a browser has six for all its tabs, and more pages than that open")
    void hiddenPagesHoldNoConnection() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);

        browser.inManyTabs(8, () -> {
            open("#/events");
            browser.awaitText("main", "host " + scenario.name("a"));
        });
    }
}
