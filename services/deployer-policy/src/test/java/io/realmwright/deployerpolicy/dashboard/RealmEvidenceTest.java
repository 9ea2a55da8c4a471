package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a realm's page shows of its measurements and its attestations. */
class RealmEvidenceTest extends BrowserTest {
    private static final String MEASURED = "[aria-labelledby=measured]";
    private static final String ATTESTED = "[aria-labelledby=attested]";

    private void launched(HostProfile profile, String spec) {
        scenario.host("a", profile);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), spec);
        scenario.awaitOutcome("r");
        open("#/realms/" + scenario.name("r"));
        browser.awaitText(".call-detail", "RMI_");
        browser.awaitText(MEASURED, "RMI_REALM_CREATE");
    }

    @AfterEach
    void trustNobody() throws IOException {
        Files.deleteIfExists(PLATFORM_REFERENCES);
    }

    @Test
    @DisplayName("Every extension of the RIM is a rung with the call that made it, and leads there")
    void theLadderIsShown() {
        launched(HostProfile.RMM_2_0_KVM_RMI_V14, Scenario.spec("LINUX"));

        assertThat(browser.count(".rung")).isEqualTo(18);
        assertThat(browser.count(".rung-DATA button")).isEqualTo(16);
        assertThat(browser.text(".rung-REC")).contains("RMI_REC_CREATE", "the first vCPU", "as forecast");
        assertThat(browser.text(".rung")).doesNotContain("forecast has no such step");
        browser.click(".rung-REC button");
        browser.awaitText(".call-detail", "RMI_REC_CREATE");
        assertAccessible();
    }

    @Test
    @DisplayName("On RMM 1.0 what is declared as RAM is measured, call by call")
    void declarationsAreMeasuredOnRmm10() {
        launched(HostProfile.RMM_1_0_KVM_RME_V10, Scenario.spec("LINUX"));

        browser.awaitText(".rung-RIPAS", "RMI_RTT_INIT_RIPAS");
        assertThat(browser.text(".rung-RIPAS")).contains("declared as RAM 0x80000000");
        assertThat(browser.count(".rung-RIPAS")).isEqualTo(browser.count(".rung-RIPAS button"));
    }

    @Test
    @DisplayName("What the guest extended itself stands at its register, with the call in which it did")
    void remsAreShown() {
        launched(HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS, """
                {"memslots":[{"base":"0x80000000","size":"0x1000000"}],
                 "images":[{"generated":{"seed":7,"size":"0x10000"},"ipa":"0x80000000"}],
                 "guest":{"program":[{"step":"EXTEND_REM","rem":3,"value":"c0ffee"},
                                     {"step":"HOST_CALL","imm":45063,"buffer":"0x80001000"}]}}""");

        browser.awaitText(MEASURED + " tbody tr:nth-of-type(3)", "in call");
        assertThat(browser.text(MEASURED + " tbody tr:nth-of-type(3)")).contains("as forecast", "0xeeffc0");
        assertThat(browser.text(MEASURED + " tbody tr:nth-of-type(1)")).contains("not extended");
        assertAccessible();
    }

    @Test
    @DisplayName("The RIM is compared with that of another realm: the first step that differs, and what causes it")
    void anotherRealmIsComparedWith() {
        scenario.create("other", scenario.policy("q", Scenario.HOST_ALL, "ACCEPT"), """
                {"memslots":[{"base":"0x80000000","size":"0x1000000"}],
                 "images":[{"generated":{"seed":8,"size":"0x10000"},"ipa":"0x80000000"}],
                 "guest":{"profile":"LINUX"}}""");
        launched(HostProfile.RMM_2_0_KVM_RMI_V14, Scenario.spec("LINUX"));
        scenario.awaitOutcome("other");

        browser.fill("Compare the RIM", scenario.name("other"));
        browser.press("Compare measurements");
        browser.awaitText(MEASURED + " .failure", "IMAGE");
        assertThat(browser.text(MEASURED + " .failure")).contains("16 steps differ", "First difference");
        assertAccessible();

        browser.fill("Compare the RIM", scenario.name("nobody"));
        browser.press("Compare measurements");
        browser.awaitText(MEASURED + " .failure", "404 not-found");
    }

    @Test
    @DisplayName("A realm attests over a challenge of the browser's, and every claim has its verdict")
    void aRealmAttests() throws IOException {
        Files.writeString(
                PLATFORM_REFERENCES, "{\"platforms\":[" + scenario.forge().reference() + "]}");
        launched(HostProfile.RMM_2_0_KVM_RMI_V14, Scenario.spec("LINUX"));
        browser.awaitText(ATTESTED, "Nobody has had it attest yet.");

        browser.press("Attest now");

        browser.awaitText(ATTESTED, "Attested");
        assertThat(browser.text(".verdict")).contains("affirming", "2 claims none");
        assertThat(browser.text(".claim-none"))
                .contains("personalization-value", "UNAVAILABLE", "instance-id", "MISSING_REFERENCE");
        assertThat(browser.text("[aria-label='Who declared the memory']"))
                .contains("the RIM does not show it", "GRANT_IN_RPV");
        assertAccessible();

        browser.press("Attest now");
        browser.awaitText(ATTESTED, "Shown");
        assertThat(client.get("/v1/realms/" + scenario.name("r") + "/attestations")
                        .json()
                        .path("attestations"))
                .hasSize(2);
    }

    @Test
    @DisplayName("A platform that nobody vouches for leaves the verdict open, and says which claims")
    void anUnknownPlatform() {
        launched(HostProfile.RMM_2_0_KVM_RMI_V14, Scenario.spec("LINUX"));

        browser.press("Attest now");

        browser.awaitText(".verdict", "Not attested");
        assertThat(browser.text("[aria-label='The platform'] .claim-none")).contains("signature", "MISSING_REFERENCE");
        assertAccessible();
    }

    @Test
    @DisplayName(
            "A guest that cannot attest, or does not run any more, is said in the service's words and with a way out")
    void whoCannotAttest() {
        launched(HostProfile.RMM_2_0_KVM_RMI_V14, Scenario.spec("UNAWARE"));
        browser.press("Attest now");
        browser.awaitText(ATTESTED, "422 no-attestation-step");
        browser.awaitText(ATTESTED, "the profile UNAWARE knows no RSI");
        assertAccessible();

        browser.press("Stop");
        browser.awaitText(".realm-head", "STOPPED");
        browser.press("Attest now");
        browser.awaitText(ATTESTED + " .failure", "409");
    }
}
