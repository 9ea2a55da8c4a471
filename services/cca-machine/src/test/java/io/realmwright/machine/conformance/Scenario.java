package io.realmwright.machine.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A scenario of the compliance suite as this project expresses it.
 *
 * @param pins the tests that pin it, or why there are none
 * @param commands what it is about
 */
record Scenario(String name, String asserts, String pins, List<String> commands) {
    private static final String RESOURCE = "/conformance/scenarios.txt";
    private static final Pattern COLUMN = Pattern.compile("\\s*\\|\\s*");
    private static final String SKIPPED = "skipped: ";

    static List<Scenario> all() {
        try (InputStream text = Objects.requireNonNull(Scenario.class.getResourceAsStream(RESOURCE))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Scenario::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Scenario parse(String line) {
        String[] columns = COLUMN.split(line, 4);
        if (columns.length != 4) {
            throw new AssertionError("not four columns: " + line);
        }
        return new Scenario(columns[0], columns[1], columns[2], words(columns[3]));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isBlank()).toList();
    }

    boolean isSkipped() {
        return pins.startsWith(SKIPPED);
    }

    /** The tests as code, or the reason as text. */
    String pinnedBy() {
        return isSkipped() ? pins : "`" + pins.replace(", ", "`, `") + "`";
    }
}
