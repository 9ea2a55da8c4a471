package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.BrowserTest;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.machine.host.HostProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How fast the dashboard is on this machine. It prints; nothing but the work itself is asserted. */
@EnabledIfSystemProperty(named = "dashboard.speed", matches = "true")
class DashboardSpeedTest extends BrowserTest {
    private static final int REALMS = 10_000;

    /** From a deed until the frame after it has been painted, for each of many deeds; in ms. */
    private static final String TIMED = """
            const done = arguments[arguments.length - 1];
            const times = [];
            const press = key => document.querySelector('.strip-surface').dispatchEvent(new KeyboardEvent('keydown', { key }));
            const painted = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
            (async () => {
              for (let i = 0; i < 100; i += 1) {
                const start = performance.now();
                (DEED)(i);
                await painted();
                times.push(performance.now() - start);
              }
              times.sort((one, other) => one - other);
              done({ p50: Math.round(times[50]), p95: Math.round(times[95]), max: Math.round(times[99]) });
            })();
            """;

    /** From a step to a call that was not looked at before until what it did is told beside the strip; in ms. */
    private static final String STEPPED = """
            const done = arguments[arguments.length - 1];
            const times = [];
            const detail = document.querySelector('.call-detail');
            const told = () => new Promise(resolve => new MutationObserver((_, observer) => {
              observer.disconnect();
              resolve();
            }).observe(detail, { childList: true }));
            (async () => {
              const next = document.querySelector("[aria-label='Next call']");
              const steps = Math.min(100, Number(document.querySelector('.timeline input').max));
              for (let i = 0; i < steps; i += 1) {
                const start = performance.now();
                next.click();
                await told();
                times.push(performance.now() - start);
                await new Promise(resolve => setTimeout(resolve, 300));
              }
              times.sort((one, other) => one - other);
              const rank = share => Math.round(times[Math.ceil(share * steps) - 1]);
              done({ steps, p50: rank(0.5), p95: rank(0.95), max: rank(1) });
            })();
            """;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void forgetTheCopies() {
        jdbc.sql("delete from realm where name like 'copy-%'").update();
    }

    @Test
    @DisplayName("Ten thousand realms listed")
    void tenThousandRealms() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), Scenario.spec("LINUX"));
        scenario.awaitOutcome("r");
        int copies = jdbc.sql("""
                        insert into realm select (jsonb_populate_record(r, jsonb_build_object(
                          'id', gen_random_uuid(), 'name', 'copy-' || lpad(g::text, 5, '0'), 'labels', '{"copy": "yes"}'::jsonb))).*
                        from realm r, generate_series(1, :copies) g where r.name = :name
                        """)
                .param("copies", REALMS)
                .param("name", scenario.name("r"))
                .update();
        assertThat(copies).isEqualTo(REALMS);

        String list = "#/realms?label=copy%3Dyes";
        open(list);
        browser.awaitText(".realm-row", "copy-00001");
        open(list);
        browser.awaitText(".realm-row", "copy-00001");
        print("10,000 realms", "first paint", browser.run("""
                return { firstPaint: Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
                         firstRow: Math.round(performance.getEntriesByType('resource').filter(({ name }) =>
                           name.includes('/v1/realms')).at(0).responseEnd) }"""));
        browser.await(() -> {
            browser.run("const list = document.querySelector('.realm-list'); list.scrollTop = list.scrollHeight");
            assertThat(browser.text("main")).contains("10,000 realms");
        });
        print("10,000 realms", "scroll anywhere", timed("""
                i => { const list = document.querySelector('.realm-list');
                       list.scrollTop = ((i * 7919) % 10000) * 44; }"""));
        print("10,000 realms", "scroll on", timed("() => { document.querySelector('.realm-list').scrollTop += 300; }"));
        assertThat(browser.count(".realm-row")).isBetween(10, 60);
    }

    @Test
    @DisplayName("A realm of 1 TiB drawn")
    void aTebibyte() {
        scenario.host("a", HostProfile.RMM_2_0_KVM_RMI_V14);
        scenario.create("r", scenario.policy("p", Scenario.HOST_ALL, "ACCEPT"), """
                {"memslots": [{"base": "0x10000000000", "size": "0x10000000000"}], "ipaBits": 43,
                 "images": [{"generated": {"seed": 7, "size": "0x10000"}, "ipa": "0x10000000000"}],
                 "guest": {"profile": "UNAWARE"}}""");
        scenario.awaitOutcome("r");
        open("#/realms/" + scenario.name("r"));
        browser.awaitText(".strip-readout", "0x10000000000");
        open("#/realms/" + scenario.name("r"));
        browser.awaitText(".strip-readout", "RIPAS RAM");
        print("1 TiB", "first paint", browser.run("""
                return { firstPaint: Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
                         drawn: Math.round(performance.getEntriesByType('resource').filter(({ name }) =>
                           name.includes('/memory')).at(0).responseEnd) }"""));
        print("1 TiB", "zoom", timed("i => press(i % 60 < 30 ? '+' : '-')"));
        print("1 TiB", "walk", timed("() => press('ArrowRight')"));
        print(
                "1 TiB",
                "step a call",
                timed("i => document.querySelector(`[aria-label='${i % 2 ? 'Next' : 'Previous'} call']`).click()"));
        browser.click("[aria-label='First call']");
        browser.awaitText(".call-detail", "There is no realm.");
        print("1 TiB", "step on to a call not seen yet, until the strip has followed", browser.runUntilDone(STEPPED));
    }

    private Object timed(String deed) {
        return browser.runUntilDone(TIMED.replace("DEED", deed));
    }

    private static void print(String what, String deed, @Nullable Object figures) {
        System.out.println("dashboard speed: " + what + ": " + deed + ", ms: " + figures);
    }
}
