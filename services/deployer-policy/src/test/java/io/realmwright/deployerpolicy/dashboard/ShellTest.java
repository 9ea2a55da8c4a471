package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What all pages have in common. */
class ShellTest extends BrowserTest {
    @Test
    @DisplayName("The root leads to the fleet, and whoever goes to another page is told its name by the focus")
    void theRootLeadsToTheFleet() {
        open("");
        browser.awaitText("h1", "Fleet");

        browser.press("Realms");

        browser.awaitText("h1", "Realms");
        browser.await(() -> assertThat(browser.focused()).isEqualTo("Realms"));
        assertThat(browser.text("[aria-current=page]")).isEqualTo("Realms");
    }

    @Test
    @DisplayName("The first stop of the keyboard is a link that skips the navigation")
    void theNavigationCanBeSkipped() {
        open("#/realms");
        browser.awaitText("h1", "Realms");

        browser.type(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to the content");
        browser.type(Keys.ENTER);

        assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");
    }

    @Test
    @DisplayName("The colour scheme is the system's until the button chooses one, which is remembered")
    void theSchemeIsRemembered() {
        browser.scheme("dark");
        open("#/fleet");
        browser.await(() -> assertThat(theme()).isEqualTo("dark"));

        browser.click("#theme");
        open("#/fleet");

        browser.await(() -> assertThat(theme()).isEqualTo("light"));
        browser.run("localStorage.clear()");
    }

    @Test
    @DisplayName("A lost connection is said, what was shown stays, and the return is noticed")
    void aLostConnectionIsSaid() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        open("#/realms");
        browser.awaitText("h1", "Realms");

        browser.online(false);
        browser.awaitText("#connection", "The service does not answer");
        assertThat(browser.text("h1")).isEqualTo("Realms");
        browser.online(true);

        browser.await(() -> assertThat(browser.text("#connection")).isEmpty());
    }

    @Test
    @DisplayName("A page that does not exist leads to the fleet")
    void anUnknownPage() {
        open("#/nothing/here");
        browser.awaitText("h1", "Fleet");
    }

    private Object theme() {
        return browser.run("return document.documentElement.dataset.theme");
    }
}
