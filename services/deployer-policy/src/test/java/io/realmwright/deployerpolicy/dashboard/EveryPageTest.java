package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What holds of each page with something on it. */
class EveryPageTest extends BrowserTest {
    private static final int STOPS_MAX = 400;
    /** With it a name is as long as a name may be, or nearly so. */
    private static final int LONGEST_SUFFIX = 55;

    /** What is wrong with the place that the keyboard has come to, empty if nothing is; null after the last stop. */
    private static final String STOP = """
            const stop = document.activeElement;
            if (stop === document.body) return null;
            const last = window.stops?.at(-1);
            (window.stops ??= []).push(stop);
            const { outlineStyle, outlineWidth } = getComputedStyle(stop);
            const box = stop.getBoundingClientRect();
            // Of what is larger than the screen a part is enough.
            const within = (from, to, most, share) => Math.max(from, 0) + share * (Math.min(to, most) - Math.max(from, 0));
            const points = [0.5, 0.1, 0.9].flatMap(x => [0.5, 0.1, 0.9].map(y =>
              [within(box.left, box.right, innerWidth, x), within(box.top, box.bottom, innerHeight, y)]));
            const shows = ([x, y]) => {
              const there = document.elementFromPoint(x, y);
              return there !== null && (stop.contains(there) || there.contains(stop));
            };
            const faults = {
              'without a mark': outlineStyle === 'none' || parseFloat(outlineWidth) < 2,
              'out of view': !points.some(shows),
              'out of order': last?.isConnected && !(last.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING),
            };
            const found = Object.keys(faults).filter(fault => faults[fault]);
            return found.length > 0 ? `${found}: ${stop.outerHTML.slice(0, 120)}` : '';""";

    /** What can be worked and was not stopped at, nor at what it replaced: pages are drawn anew as things happen. */
    private static final String MISSED = """
            const replaced = window.stops.filter(stop => !stop.isConnected).map(stop => stop.outerHTML);
            const workable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
            return [...document.querySelectorAll(workable)]
              .filter(element => element.checkVisibility() && !window.stops.includes(element) && !replaced.includes(element.outerHTML))
              .map(element => element.outerHTML.slice(0, 120));""";

    private record Page(String hash, String selector, String text) {}

    private List<Page> pages;

    @BeforeEach
    void somethingOnEachPage() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        String policy = scenario.policy("p", Scenario.HOST_ALL, "ACCEPT");
        scenario.create("r", policy, Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        scenario.register("x".repeat(LONGEST_SUFFIX), "http://127.0.0.1:9");
        String realm = scenario.name("r");
        pages = List.of(
                new Page("#/fleet", "[aria-labelledby=host-" + scenario.name("a") + "]", "1 realm"),
                new Page("#/realms?label=scenario%3D" + scenario.number(), ".realm-row", realm),
                new Page("#/realms/" + realm, ".rung", "RMI_REC_CREATE"),
                new Page("#/launch", "[aria-labelledby=foretold]", "RIM"),
                new Page("#/policies", "main", policy),
                new Page("#/policies/" + policy, "main", "The rules compile."),
                new Page("#/compare?left=" + realm + "&right=" + realm, "main", "All calls are the same"),
                new Page("#/compare?what=plans&realm=sample:LINUX", "[aria-labelledby=sides]", "RIM"),
                new Page("#/events", "main", "realm " + realm),
                new Page("#/audit?subject=realm%2F" + realm, ".audit", "realm/" + realm));
    }

    @Test
    @DisplayName(
            "The tab key alone leads through every page: to all that can be worked, in order, in view, with a mark")
    void everyPageIsWalkedByKeyboard() {
        for (Page page : pages) {
            open(page);

            List<String> stops = walk();

            assertThat(stops).as(page.hash).hasSizeBetween(10, STOPS_MAX - 1).containsOnly("");
            assertThat(browser.run(MISSED))
                    .as("%s: never stopped at", page.hash)
                    .isEqualTo(List.of());
        }
    }

    private List<String> walk() {
        var stops = new ArrayList<String>();
        while (stops.size() < STOPS_MAX) {
            browser.type(Keys.TAB);
            if (!(browser.run(STOP) instanceof String stop)) {
                return stops;
            }
            stops.add(stop);
        }
        return stops;
    }

    @Test
    @DisplayName("axe-core finds nothing wrong with any page, narrow or wide, light or dark, and none scrolls sideways")
    void everyPageIsAccessible() {
        for (Page page : pages) {
            open(page);
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(360, 768, 1920)) {
                    assertAccessible(scheme, width);
                }
            }
        }
    }

    private void open(Page page) {
        browser.width(1280);
        open(page.hash);
        browser.awaitText(page.selector, page.text);
    }
}
