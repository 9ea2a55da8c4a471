package io.realmwright.deployerpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The dashboard of the whole service in a real browser, which all such tests share. */
@Tag("browser")
public abstract class BrowserTest extends ServiceTest {
    private static @Nullable Browser shared;

    protected Browser browser;

    @BeforeEach
    void openBrowser() {
        assumeTrue(
                Browser.isInstalled(),
                () -> "The dashboard is tested in Chromium: install " + Browser.CHROMIUM + " and " + Browser.DRIVER
                        + " (Debian: chromium and chromium-driver).");
        browser = sharedBrowser();
        browser.width(1280);
        browser.scheme("light");
    }

    private static synchronized Browser sharedBrowser() {
        if (shared == null) {
            shared = Browser.start();
        }
        return shared;
    }

    /** Whatever a test did: no script failed, and nothing asked for what the security policy forbids. */
    @AfterEach
    void nothingToComplainAbout() {
        if (browser != null) {
            assertThat(browser.complaints()).isEmpty();
        }
    }

    protected void open(String hash) {
        browser.open(port, hash);
    }

    /** axe-core finds nothing wrong on a narrow light screen and on a wide dark one, and nothing is wider than the screen. */
    protected void assertAccessible() {
        assertAccessible("light", 360);
        assertAccessible("dark", 1280);
    }

    protected void assertAccessible(String scheme, int width) {
        browser.scheme(scheme);
        browser.width(width);
        assertThat(browser.violations()).as("%s, %d px", scheme, width).isEmpty();
        assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .as("no sideways scrolling at %d px", width)
                .isEqualTo(true);
    }
}
