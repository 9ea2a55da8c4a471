package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditPageTest extends BrowserTest {
    @Test
    @DisplayName("What was done to a policy is on record, and the trail is verified on demand")
    void whatWasDoneIsOnRecord() {
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        open("#/audit?subject=policy%2F" + policy);
        browser.awaitText(".audit", "POLICY_PUBLISHED");
        assertThat(browser.text(".audit")).contains("POLICY_CREATED", "policy/" + policy);

        browser.press("Verify the trail");
        browser.awaitText("[aria-labelledby=verify]", "each has the hash it says");
        browser.click(".audit summary");
        browser.awaitText(".audit", "Hash");
        assertAccessible();

        browser.press("Go to policy/" + policy);
        browser.awaitText("h1", "Policy " + policy);
    }

    @Test
    @DisplayName("A head that is none is refused, and a filter that fits nothing says so")
    void failingPaths() {
        open("#/audit?subject=realm%2F" + scenario.name("nobody"));
        browser.awaitText("main", "There is no such entry.");

        browser.fill("A head noted earlier", "nonsense");
        browser.press("Verify the trail");

        browser.awaitText(".failure", "422");
        assertAccessible();
    }
}
