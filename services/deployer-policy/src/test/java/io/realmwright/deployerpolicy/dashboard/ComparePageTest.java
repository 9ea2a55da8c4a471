package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComparePageTest extends BrowserTest {
    @Test
    @DisplayName("Two modes of one guest have the same RIM on RMM 2.0, and the first call that differs is named")
    void twoModesAreCompared() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX_EARLY_RSI"));
        scenario.create("s", scenario.policy("q", Scenario.GUEST_DECLARES, "ACCEPT"), Scenario.spec("LINUX_EARLY_RSI"));
        scenario.awaitOutcome("r");
        scenario.awaitOutcome("s");

        open("#/compare?left=" + scenario.name("r") + "&right=" + scenario.name("s"));

        browser.awaitText("main", "Both have the same RIM");
        browser.awaitText("[aria-labelledby=calls]", "The first call that is not the same is number");
        assertThat(browser.text("[aria-labelledby=calls]")).contains("RMI_RTT_INIT_RIPAS", "RMI_REALM_ACTIVATE");
        assertThat(browser.count(".strip")).isEqualTo(2);
        assertAccessible();
    }

    @Test
    @DisplayName("A realm compared with itself shows no difference")
    void aRealmAndItself() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");

        open("#/compare?left=" + scenario.name("r") + "&right=" + scenario.name("r"));

        browser.awaitText("main", "All calls are the same");
        browser.awaitText("main", "Every IPA is in the same state in both.");
    }

    @Test
    @DisplayName("One realm under two modes is compared without launching either")
    void twoPlansAreCompared() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        String host = "&leftHost=" + scenario.name("a") + "&rightHost=" + scenario.name("a");
        open("#/compare?what=plans&realm=sample:LINUX" + host);

        browser.awaitText("[aria-labelledby=sides]", "Both have the same RIM");
        assertThat(browser.text("[aria-labelledby=sides]")).contains("BOOTED", "FAULTED", "GUEST_WILL_FAULT");
        assertThat(browser.text("[aria-labelledby=calls]")).contains("RMI_RTT_INIT_RIPAS", "RMI_REALM_ACTIVATE");
        assertThat(browser.count(".strip")).isEqualTo(2);
        assertAccessible();

        browser.choose("Realm", "a sample with guest LINUX_EARLY_RSI");
        browser.await(() -> assertThat(browser.text("[aria-labelledby=sides]")).doesNotContain("FAULTED"));
        assertThat(browser.hash()).contains("realm=sample%3ALINUX_EARLY_RSI");
        assertThat(client.get("/v1/realms?label=scenario=" + scenario.number())
                        .json()
                        .path("realms"))
                .isEmpty();
    }

    @Test
    @DisplayName("Two hosts are compared under one policy, and one that cannot do it says why")
    void twoHostsAreCompared() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        scenario.host("b", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", Scenario.GUEST_DECLARES, "ACCEPT");
        open("#/compare?what=plans&left=policy:" + policy + "&right=policy:" + policy + "&leftHost="
                + scenario.name("a") + "&rightHost=" + scenario.name("b"));

        browser.awaitText("[aria-labelledby=sides]", "The host cannot do it: MODE_UNAVAILABLE.");
        assertThat(browser.text("[aria-labelledby=sides]")).contains("FAULTED", "policy " + policy);
        assertAccessible();
    }

    @Test
    @DisplayName("A realm that makes no sense is refused in the service's own words")
    void aRealmThatMakesNoSense() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        open("#/compare?what=plans");
        browser.awaitText("main", "Side by side");
        browser.press("Edit the realm");

        browser.fill("Specification as JSON", "{\"memslots\": [], \"guest\": {\"profile\": \"LINUX\"}}");

        browser.awaitText(".failure", "spec.memslots");
        assertAccessible();
    }

    @Test
    @DisplayName("Without two realms the page says what it is for; a realm that does not exist is not found")
    void nothingToCompare() {
        open("#/compare");
        browser.awaitText("main", "Name two realms");
        assertAccessible();

        browser.fill("One realm", scenario.name("x"));
        browser.fill("Another realm", scenario.name("y") + "\n");
        browser.awaitText(".failure", "There is no realm");
    }
}
