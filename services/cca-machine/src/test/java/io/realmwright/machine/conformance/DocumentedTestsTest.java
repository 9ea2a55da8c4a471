package io.realmwright.machine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the model names what pins it, and that exists. */
class DocumentedTestsTest {
    private static final Path PROJECT = Path.of("../..");
    private static final Path TRACES = Path.of("src/test/resources/traces");

    /** A test in code quotes: a class, or a method of one. */
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    /** A recording in code quotes. */
    private static final Pattern RECORDING = Pattern.compile("`((?:fail_|happy_|random/)[\\w*/]*)`");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> model = Files.list(PROJECT.resolve("docs/model"))) {
            return Stream.concat(
                    model.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream(),
                    Stream.of(PROJECT.resolve("docs/conformance.md")));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyTestThatIsNamedExists(Path page) throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        for (MatchResult named : TEST.matcher(Files.readString(page)).results().toList()) {
            String source = sources.get(named.group(1));
            String method = named.group(2);
            if (source == null || (method != null && !source.contains("void " + method + "("))) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRecordingThatIsNamedExists(Path page) throws IOException {
        List<String> missing = new ArrayList<>();
        for (MatchResult named :
                RECORDING.matcher(Files.readString(page)).results().toList()) {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:**/" + named.group(1) + "*");
            try (Stream<Path> recordings = Files.walk(TRACES)) {
                if (recordings.noneMatch(matcher::matches)) {
                    missing.add(named.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void thePagesNameTests() throws IOException {
        assertThat(pages()).allSatisfy(page -> {
            boolean index = page.endsWith("README.md");
            assertThat(TEST.matcher(Files.readString(page)).find() || index)
                    .as("%s", page)
                    .isTrue();
        });
    }

    /** The sources of all tests of the project, by class. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("services", "deploy")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module))) {
                files.filter(file -> file.toString().contains("/src/test/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.merge(className(file), read(file), String::concat));
            }
        }
        return sources;
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
