package io.realmwright.deployerpolicy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the dashboard is served. What it does is tested in a browser. */
class DashboardFilesTest extends ServiceTest {
    private static final Path STATIC = Path.of("src/main/resources/static");
    private static final Path DOCS_PAGE = Path.of("src/main/resources/docs/index.html");
    private static final Pattern INLINE = Pattern.compile("<style|<script(?![^>]*\\ssrc=)|\\sstyle=|\\son[a-z]+=\"");
    private static final Pattern OTHER_ORIGIN = Pattern.compile("[\"'(](https?:)?//");

    @Test
    @DisplayName("The root is the dashboard, and its files are of the right type")
    void theRootIsTheDashboard() throws IOException {
        Answer root = client.get("/");
        assertThat(root.status()).isEqualTo(200);
        assertThat(root.header("Content-Type")).startsWith("text/html");
        assertThat(root.text()).isEqualTo(Files.readString(STATIC.resolve("index.html")));
        assertThat(client.get("/js/main.js").header("Content-Type")).startsWith("text/javascript");
        assertThat(client.get("/css/base.css").header("Content-Type")).startsWith("text/css");
        assertThat(client.get("/icon.svg").header("Content-Type")).startsWith("image/svg+xml");
    }

    @Test
    @DisplayName("A browser asks for each file anew and is told when it has not changed")
    void filesAreRevalidated() {
        Answer file = client.get("/js/main.js");
        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        Answer again = client.send(
                "GET", "/js/main.js", BodyPublishers.noBody(), "If-Modified-Since", file.header("Last-Modified"));
        assertThat(again.status()).isEqualTo(304);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"/", "/js/main.js", "/docs", "/v1/realms", "/v1/realms/nobody", "/js/nothing.js", "/nowhere"})
    @DisplayName("Every answer forbids scripts, styles and requests of any other origin, and everything inline")
    void everyAnswerHasThePolicy(String path) {
        Answer answer = client.get(path);
        assertThat(answer.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/js/nothing.js", "/application.yaml", "/static/index.html", "/js/"})
    @DisplayName("What is no file of the dashboard is not found, with a problem detail")
    void otherPathsAreNotFound(String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    @DisplayName("A path that is written to get around rules is refused, with a problem detail")
    void encodedDotsAreRefused() {
        Answer answer = client.get("/js/%2e%2e/application.yaml");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("unreadable-request");
    }

    @Test
    @DisplayName("No file needs what the policy forbids: nothing is inline, and nothing comes from another origin")
    void noFileNeedsWhatIsForbidden() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(OTHER_ORIGIN
                            .matcher(text.replace("http://www.w3.org/2000/svg", ""))
                            .results()
                            .map(Object::toString))
                    .as("another origin in %s", file)
                    .isEmpty();
            if (file.toString().endsWith(".html")) {
                assertThat(INLINE.matcher(text).find()).as("inline in %s", file).isFalse();
            }
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(STATIC)) {
            return Stream.concat(all.filter(Files::isRegularFile), Stream.of(DOCS_PAGE))
                    .toList();
        }
    }
}
