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

        browser.awaitText("main", "RUNNING");
        assertThat(browser.text("main")).contains("realm " + scenario.name("r"));
        assertAccessible();
        browser.press("realm " + scenario.name("r"));
        browser.awaitText("h1", scenario.name("r"));
    }
}
