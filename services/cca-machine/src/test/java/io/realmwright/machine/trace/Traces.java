package io.realmwright.machine.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recordings of the reference RMM, and texts made from them. */
public final class Traces {
    static final Path ROOT_2_0 = Path.of("src/test/resources/traces/rmm-2.0");
    static final Path ROOT_1_0 = Path.of("src/test/resources/traces/rmm-1.0");

    private Traces() {}

    /** Every recording of RMM 2.0, by its name below the root. */
    public static List<String> names() {
        return names(ROOT_2_0);
    }

    static List<String> names(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static Path path(String name) {
        return ROOT_2_0.resolve(name);
    }

    /** The lines of a recording, to change and replay. */
    public static List<String> lines(String name) {
        try (var text = new GZIPInputStream(Files.newInputStream(path(name)))) {
            return new ArrayList<>(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The number, from 1, of the first line that holds {@code part}. */
    public static int lineWith(List<String> lines, String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("no line holds " + part);
    }

    static ReplayResult replay(String... lines) {
        return replay(List.of(lines));
    }

    static ReplayResult replay(List<String> lines) {
        return replay(lines, ReplayLimits.NONE);
    }

    static ReplayResult replay(List<String> lines, ReplayLimits limits) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return Replay.of("trace", new ByteArrayInputStream(text), limits);
    }
}
