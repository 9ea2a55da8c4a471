package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Work that is done without a mouse: every deed here is a key pressed where the focus is. */
class KeyboardTest extends BrowserTest {
    @Test
    @DisplayName("A realm is launched, its launch stepped and its memory walked, and deleted, by keyboard alone")
    void aRealmsLife() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/realms");
        browser.tabTo("Launch a realm");
        browser.type(Keys.ENTER);

        browser.tabTo("Name");
        browser.type(scenario.name("r"));
        browser.tabTo("Policy");
        browser.type(policy);
        browser.awaitText("[aria-labelledby=foretold]", policy + ", revision 1");
        browser.tabTo("Launch");
        browser.type(Keys.ENTER);
        browser.awaitText("h1", scenario.name("r"));
        scenario.awaitOutcome("r");
        browser.awaitText(".call-detail", "RMI_");

        browser.tabTo("IPA space of " + scenario.name("r"));
        browser.type(Keys.HOME, Keys.ARROW_RIGHT);
        browser.awaitText(".strip-readout", "0x80010000");
        browser.tabTo("First call");
        browser.type(Keys.ENTER);
        browser.awaitText(".call-detail", "There is no realm.");
        browser.tabTo("Next call");
        browser.type(Keys.ENTER, Keys.ENTER);
        browser.awaitText(".timeline", "call 2 of");

        browser.tabTo("Delete");
        browser.type(Keys.ENTER);
        browser.await(() -> assertThat(browser.focused()).isEqualTo("Leave it as it is"));
        browser.type(Keys.TAB, Keys.ENTER);
        scenario.awaitGone("r");
        browser.awaitText(".failure", "There is no realm");
    }

    @Test
    @DisplayName("A policy is written, its mistake gone to, put right, created and published, by keyboard alone")
    void aPolicysLife() {
        open("#/policies");
        browser.tabTo("Write a new policy");
        browser.type(Keys.ENTER);
        browser.tabTo("Name");
        browser.type(scenario.name("p"));
        browser.tabTo("When (CEL over realm, guest, host, labels)");
        browser.selectAll();
        browser.type("realm.vcpus === 1");
        browser.awaitText(".field-error", "line 1, column 15");

        browser.tabTo("line 1, column 15");
        browser.type(Keys.ENTER);
        assertThat(browser.focused()).startsWith("When");
        browser.type(Keys.DELETE);
        browser.awaitText("main", "The rules compile.");
        browser.tabTo("Create as a draft");
        browser.type(Keys.ENTER);
        browser.awaitText("h1", "Policy " + scenario.name("p"));
        browser.tabTo("Publish revision 1");
        browser.type(Keys.ENTER);

        browser.awaitText("main", "Revision 1 decides.");
    }

    @Test
    @DisplayName("What is drawn anew under one's hands leaves the focus where it was")
    void theFocusStays() {
        scenario.host("b", HostProfile.RMM_2_0_KVM_RMI_V14);
        String b = scenario.name("b");
        open("#/fleet");
        browser.tabTo("Cordon " + b);
        browser.type(Keys.ENTER);
        browser.await(() -> assertThat(browser.focused()).isEqualTo("Uncordon " + b));

        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        browser.awaitText("main", scenario.name("a"));

        assertThat(browser.focused()).isEqualTo("Uncordon " + b);
        browser.type(Keys.ENTER);
        browser.await(() -> assertThat(browser.focused()).isEqualTo("Cordon " + b));
    }
}
