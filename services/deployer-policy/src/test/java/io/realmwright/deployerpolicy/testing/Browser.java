package io.realmwright.deployerpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium that looks at the dashboard. */
public final class Browser {
    public static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    public static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** A page that is fetched for the first time by a browser with a twentieth of a processor took 31 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** axe-core looks at every element, which takes its time on a page of many while others build. */
    private static final Duration PATIENCE_WITH_AXE = Duration.ofMinutes(2);

    /** More than any page has. */
    private static final int STOPS_MAX = 400;

    private static final String AXE = axe();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** Starts Chromium with an empty profile; it ends with this JVM. */
    static Browser start() {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE_WITH_AXE);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
        return new Browser(driver);
    }

    /** Opens the dashboard anew at a page, such as {@code #/fleet}. */
    public void open(int port, String hash) {
        online(true);
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
        driver.get(URI.create("http://127.0.0.1:" + port + "/" + hash).toString());
    }

    public String hash() {
        return Objects.requireNonNull(URI.create(driver.getCurrentUrl()).getRawFragment());
    }

    public void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** As if the system preferred {@code light} or {@code dark}. */
    public void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public void online(boolean online) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Does the same in one new tab after the other, while those before stay open behind it. */
    public void inManyTabs(int tabs, Runnable deed) {
        String first = driver.getWindowHandle();
        for (int tab = 0; tab < tabs; tab++) {
            driver.switchTo().newWindow(WindowType.TAB);
            deed.run();
        }
        for (String tab : driver.getWindowHandles()) {
            if (!tab.equals(first)) {
                driver.switchTo().window(tab).close();
            }
        }
        driver.switchTo().window(first);
    }

    /** Waits until an element shows the text. */
    public void awaitText(String selector, String text) {
        await(() -> assertThat(text(selector)).contains(text));
    }

    public void await(Runnable assertion) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(assertion::run);
    }

    /** What all elements of a selector show, one line each; empty if there is none. */
    public String text(String selector) {
        return String.join(
                "\n",
                driver.findElements(By.cssSelector(selector)).stream()
                        .map(WebElement::getText)
                        .toList());
    }

    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    public void click(String selector) {
        retried(() -> find(selector).click());
    }

    /** Clicks the button or link that says this. */
    public void press(String text) {
        By saying = By.xpath("//*[self::button or self::a or self::summary][normalize-space()='" + text + "']");
        retried(() -> {
            WebElement element = driver.findElement(saying);
            driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
        });
    }

    /** Types into the field with this label in the place of what it holds. */
    public void fill(String label, String text) {
        retried(() -> {
            WebElement field = field(label);
            field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.DELETE : text);
        });
    }

    public void choose(String label, String option) {
        retried(() -> field(label).findElements(By.tagName("option")).stream()
                .filter(element -> element.getText().equals(option))
                .findFirst()
                .orElseThrow(() -> new WebDriverException("no option " + option))
                .click());
    }

    private WebElement field(String label) {
        return driver.findElements(By.tagName("label")).stream()
                .filter(element -> element.getText().strip().startsWith(label))
                .findFirst()
                .orElseThrow(() -> new WebDriverException("no label " + label))
                .findElement(By.cssSelector("input, select, textarea"));
    }

    public void keys(String selector, CharSequence... keys) {
        retried(() -> find(selector).sendKeys(keys));
    }

    /** The name by which assistive technology tells what has the focus. */
    public String focused() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /** Presses keys where the focus is. */
    public void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Selects what is in the field that has the focus, so that the next key replaces it. */
    public void selectAll() {
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .perform();
    }

    /** Presses the tab key until the focus is on what is called so; what is not there yet may come. */
    public void tabTo(String name) {
        retried(() -> {
            for (int stop = 0; stop < STOPS_MAX; stop++) {
                type(Keys.TAB);
                if (focused().equals(name)) {
                    return;
                }
            }
            throw new WebDriverException("the tab key leads to nothing called " + name);
        });
    }

    public @Nullable Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument when it is done. */
    public Object runUntilDone(String script) {
        return Objects.requireNonNull(driver.executeAsyncScript(script));
    }

    /** What axe-core finds wrong with the page, each with the element; WCAG 2.2's size of targets has to be asked for. */
    public List<?> violations() {
        driver.executeScript(AXE);
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(({ violations }) => done(violations.flatMap(({ id, nodes }) =>
                  nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))));
                """));
    }

    /** What the browser complains about, apart from refusals of the API, which pages show in their own way. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Pages are drawn anew as answers come in: what is not there yet, or no longer, is tried again. */
    private void retried(Runnable deed) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> {
                    deed.run();
                    return true;
                });
    }

    private static String axe() {
        try (var script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
