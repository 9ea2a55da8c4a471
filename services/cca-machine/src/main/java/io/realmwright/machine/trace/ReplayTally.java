package io.realmwright.machine.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts while a replay runs. */
final class ReplayTally {
    private final String file;
    private final Map<Expectation, Long> compared = new EnumMap<>(Expectation.class);
    private final List<Difference> differences = new ArrayList<>();
    private long line;
    private long calls;
    private long differing;
    private String call = "before the first call";

    ReplayTally(String file) {
        this.file = file;
        for (Expectation expectation : Expectation.values()) {
            compared.put(expectation, 0L);
        }
    }

    void line(long number) {
        line = number;
    }

    void call(String text) {
        call = text;
        calls++;
    }

    String call() {
        return call;
    }

    long differing() {
        return differing;
    }

    void agreed(Expectation expectation) {
        compared.merge(expectation, 1L, Long::sum);
    }

    void differed(Expectation expectation, String expected, String actual) {
        compared.merge(expectation, 1L, Long::sum);
        differing++;
        if (differences.size() < ReplayReport.DIFFERENCES_MAX) {
            differences.add(new Difference(file, line, call, expectation, expected, actual));
        }
    }

    ReplayReport report(@Nullable String stopped) {
        return new ReplayReport(
                file,
                line,
                calls,
                Collections.unmodifiableMap(new EnumMap<>(compared)),
                differing,
                List.copyOf(differences),
                stopped);
    }
}
