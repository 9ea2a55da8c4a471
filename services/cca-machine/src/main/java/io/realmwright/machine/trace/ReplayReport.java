package io.realmwright.machine.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found.
 *
 * @param file the name of the trace
 * @param lines read
 * @param calls played
 * @param compared how many expectations were compared, for every kind
 * @param differing how many of them differed
 * @param differences the first of these, at most {@value #DIFFERENCES_MAX}
 * @param stopped why the replay ended before the trace did, null if it did not
 */
public record ReplayReport(
        String file,
        long lines,
        long calls,
        Map<Expectation, Long> compared,
        long differing,
        List<Difference> differences,
        @Nullable String stopped) {
    public static final int DIFFERENCES_MAX = 10;

    /** Expectations of all kinds. */
    public long comparedTotal() {
        return compared.values().stream().mapToLong(Long::longValue).sum();
    }
}
