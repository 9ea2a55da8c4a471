package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class RealmPageTest extends BrowserTest {
    private static final String STRIP = ".strip-surface";
    private static final String READOUT = ".strip-readout";

    private void launched(String spec) {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), spec);
        scenario.awaitOutcome("r");
        open("#/realms/" + scenario.name("r"));
        browser.awaitText(".call-detail", "RMI_");
    }

    @Test
    @DisplayName("A realm's page tells its outcome, its memory, its decision, its measurements and its conditions")
    void aRealmIsShown() {
        launched(Scenario.spec("LINUX_EARLY_RSI"));

        browser.awaitText(".realm-head", "BOOTED");
        browser.awaitText(READOUT, "0x80000000 – 0x8000ffff (64 KiB): RIPAS RAM, HIPAS ASSIGNED; memslot 0");
        browser.awaitText("[aria-labelledby=measured]", "The rehearsal came to the same RIM by the same steps.");
        browser.awaitText("[aria-labelledby=why]", "HOST_ALL_MEMSLOTS");
        assertThat(browser.text("[aria-labelledby=story]")).contains("RIM_AS_FORECAST");
        browser.press("What the rules saw");
        browser.awaitText("[aria-labelledby=why]", "MATCHED");
        assertAccessible();
    }

    @Test
    @DisplayName("Stepping through the launch takes the memory along, and the step is in the address")
    void theLaunchIsStepped() {
        launched(Scenario.spec("LINUX"));

        browser.click("[aria-label='First call']");
        browser.awaitText(".call-detail", "There is no realm.");
        browser.awaitText(READOUT, "There is no realm");
        assertThat(browser.hash()).endsWith("?call=0");

        browser.run("const buttons = [...document.querySelectorAll('.call-row button')];"
                + " document.querySelector('.call-list').scrollTop = 0;"
                + " buttons.find(button => button.textContent.includes('RMI_REALM_CREATE')).click()");
        browser.awaitText(".call-detail", "The realm came to be, with an empty IPA space.");
        browser.awaitText(READOUT, "RIPAS EMPTY");
        browser.click("[aria-label='Last call']");
        browser.awaitText(READOUT, "RIPAS RAM");
        assertThat(browser.hash()).doesNotContain("call=");
    }

    @Test
    @DisplayName("The address leads to the very call")
    void theAddressLeadsToACall() {
        launched(Scenario.spec("LINUX"));

        open("#/realms/" + scenario.name("r") + "?call=0");

        browser.awaitText(".timeline", "call 0 of");
        browser.awaitText(".call-detail", "There is no realm.");
    }

    @Test
    @DisplayName("The memory is walked and zoomed by the keyboard, down to single pages")
    void theMemoryIsWalkedByKeyboard() {
        launched(Scenario.spec("LINUX_EARLY_RSI"));
        browser.awaitText(READOUT, "0x80000000");

        browser.keys(STRIP, Keys.ARROW_RIGHT);
        browser.awaitText(READOUT, "0x80010000 – 0x80");
        browser.keys(STRIP, Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT));
        browser.awaitText(READOUT, "0x80000000 – 0x8000ffff");
        browser.keys(STRIP, Keys.HOME);
        browser.awaitText(".strip-view", "0x0 and 1 TiB");
        browser.keys(STRIP, "+".repeat(40));
        browser.awaitText(".strip-view", "32 KiB from there");
        browser.press("Whole space");
        browser.awaitText(".strip-view", "0x0 and 1 TiB");
    }

    @Test
    @DisplayName("Where the guest faulted is told and can be gone to")
    void aFaultIsMarked() {
        launched("""
                {"memslots": [{"base": "0x80000000", "size": "0x1000000"}],
                 "guest": {"program": [{"step": "TOUCH", "access": "WRITE", "ipa": "0x70000000"}]}}""");
        browser.awaitText(".realm-head", "WRITE of 0x70000000 faulted");

        browser.press("Fault");

        browser.awaitText(READOUT, "the guest faulted at 0x70000000");
        assertAccessible();
    }

    @Test
    @DisplayName("A realm of 1 TiB is drawn, and its last page is as near as its first")
    void aTebibyteIsDrawn() {
        launched("""
                {"memslots": [{"base": "0x10000000000", "size": "0x10000000000"}], "ipaBits": 43,
                 "images": [{"generated": {"seed": 7, "size": "0x10000"}, "ipa": "0x10000000000"}],
                 "guest": {"profile": "UNAWARE"}}""");
        browser.awaitText(READOUT, "0x10000000000");

        browser.keys(STRIP, Keys.HOME);
        browser.awaitText(".strip-view", "0x0 and 8 TiB");
        assertThat(browser.run("""
                        const canvas = document.querySelector('.strip canvas');
                        const pixels = canvas.getContext('2d').getImageData(0, 66, canvas.width, 1).data;
                        const colours = new Set();
                        for (let i = 0; i < pixels.length; i += 4) colours.add(pixels.slice(i, i + 4).join());
                        return colours.size > 2"""))
                .as("more than one state is to be seen in the RIPAS lane")
                .isEqualTo(true);
        browser.keys(STRIP, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.await(() -> assertThat(browser.text(READOUT)).contains("0x1ffff"));
        assertAccessible();
    }

    @Test
    @DisplayName("A realm that no host has is told so in the place of its memory")
    void aRealmWithoutAHost() {
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));
        open("#/realms/" + scenario.name("r"));

        browser.awaitText("main", "No host has launched it, so there is no memory to see.");
        browser.awaitText("[aria-labelledby=story]", "NO_HOST");
        assertAccessible();
    }

    @Test
    @DisplayName("A realm is deleted only after a question")
    void aRealmIsDeletedAfterAQuestion() {
        launched(Scenario.spec("LINUX"));
        browser.press("Delete");
        browser.awaitText("dialog", "it is forgotten here");
        assertAccessible();
        browser.press("Leave it as it is");
        browser.await(() -> assertThat(browser.count("dialog")).isZero());
        assertThat(scenario.get("r").path("status").path("phase").asString()).isEqualTo("RUNNING");

        browser.press("Delete");
        browser.press("Delete it");

        scenario.awaitGone("r");
        browser.awaitText(".failure", "There is no realm");
    }

    @Test
    @DisplayName("A realm that is stopped keeps its calls; one that does not exist is not found")
    void stoppedAndMissing() {
        launched(Scenario.spec("LINUX"));
        browser.press("Stop");
        browser.awaitText(".realm-head", "STOPPED");
        browser.await(() -> assertThat(browser.text(".call-detail")).contains("There is no realm.", "UNDELEGATE"));
        browser.click("[aria-label='First call']");
        browser.awaitText(".call-detail", "There is no realm.");

        open("#/realms/" + scenario.name("missing"));
        browser.awaitText(".failure", "There is no realm " + scenario.name("missing"));
        assertAccessible();
    }
}
