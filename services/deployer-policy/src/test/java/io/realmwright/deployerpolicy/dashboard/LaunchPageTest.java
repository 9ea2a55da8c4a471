package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LaunchPageTest extends BrowserTest {
    private static final String FORETOLD = "[aria-labelledby=foretold]";

    @Test
    @DisplayName("What would come of a launch is shown while one types, and launching leads to the realm")
    void aLaunchIsForetoldAndDone() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/launch");
        browser.choose("Policy", policy);
        browser.awaitText(FORETOLD, "BOOTED");
        assertThat(browser.text(FORETOLD)).contains("HOST_ALL_MEMSLOTS", "RIM", "RIPAS_NOT_ATTESTED");
        assertAccessible();

        browser.fill("Name", scenario.name("r"));
        browser.click("button.primary");

        browser.await(() -> assertThat(browser.hash()).isEqualTo("/realms/" + scenario.name("r")));
        scenario.awaitOutcome("r");
    }

    @Test
    @DisplayName("What is wrong is said at its field")
    void aMistakeIsSaidAtItsField() {
        open("#/launch");
        browser.fill("Base", "nonsense");

        browser.awaitText(".field-error", "is written in hexadecimal digits");
        assertThat(browser.count("[aria-invalid=true]")).isEqualTo(1);
        browser.awaitText(FORETOLD, "Nothing can be foretold");
        assertAccessible();
    }

    @Test
    @DisplayName("A program that is no JSON is refused before it is sent")
    void aProgramThatIsNoJson() {
        open("#/launch");
        browser.choose("Guest", "a program of steps");
        browser.fill("Steps as JSON", "[");

        browser.awaitText(".field-error", "is no JSON");
        assertAccessible();
    }

    @Test
    @DisplayName("A denial shows what the rules saw, both foretold and in earnest")
    void aDenialIsShown() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        String policy = scenario.rules("p", Scenario.rule("none", "realm.vcpus > 0", Scenario.deny("not here")));
        open("#/launch");
        browser.choose("Policy", policy);
        browser.awaitText(FORETOLD, "not here");
        assertThat(browser.text(FORETOLD)).contains("DENY", "realm.vcpus");
        assertAccessible();

        browser.fill("Name", scenario.name("r"));
        browser.click("button.primary");
        browser.awaitText(".failure", "denied-by-policy");
    }

    @Test
    @DisplayName("Another realm like one that exists begins with what that one asked for")
    void anotherLikeIt() {
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("UNAWARE"));
        open("#/realms/" + scenario.name("r"));
        browser.press("Launch another like it");

        browser.awaitText("h1", "Launch a realm");
        browser.await(() -> assertThat(
                        browser.run(
                                "return [...document.querySelectorAll('form input, form select')].map(field => field.value).join(' ')"))
                .asString()
                .contains(scenario.name("p"), "UNAWARE", "scenario="));
    }
}
