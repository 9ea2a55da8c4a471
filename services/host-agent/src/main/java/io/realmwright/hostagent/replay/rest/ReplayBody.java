package io.realmwright.hostagent.replay.rest;

import io.realmwright.machine.trace.Difference;
import io.realmwright.machine.trace.ReplayReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a replay found, as JSON. */
record ReplayBody(
        Result result,
        long lines,
        long calls,
        Map<String, Long> compared,
        long comparedTotal,
        long differing,
        List<DifferenceBody> differences,
        @Nullable String stopped,
        boolean simulated) {
    /** Whether every recorded answer was given. */
    enum Result {
        AGREED,
        DIFFERS
    }

    /** One answer that is not the recorded one. */
    record DifferenceBody(long line, String kind, String call, String expected, String actual) {
        static DifferenceBody of(Difference difference) {
            return new DifferenceBody(
                    difference.line(),
                    difference.expectation().title(),
                    difference.call(),
                    difference.expected(),
                    difference.actual());
        }
    }

    static ReplayBody of(Result result, ReplayReport report) {
        Map<String, Long> compared = new TreeMap<>();
        report.compared().forEach((expectation, count) -> compared.put(expectation.title(), count));
        return new ReplayBody(
                result,
                report.lines(),
                report.calls(),
                compared,
                report.comparedTotal(),
                report.differing(),
                report.differences().stream().map(DifferenceBody::of).toList(),
                report.stopped(),
                true);
    }
}
