package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RmiRefusal;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rehearsal of a launch on a scratch machine came to. */
public sealed interface Forecast {
    /**
     * The launch went through and the guest ran to an outcome.
     *
     * @param rim lower-case hexadecimal digits
     * @param rems REM 1 to 4 as the realm's token is going to show them, likewise; none in forecasts of old
     * @param rmiCalls number of calls up to the outcome, by command
     * @param granules how many granules of the host the realm held then
     */
    record Ran(
            Outcome outcome,
            HashAlgorithm hashAlgorithm,
            String rim,
            List<String> rems,
            SortedMap<String, Long> rmiCalls,
            long granules)
            implements Forecast {
        public Ran {
            rems = List.copyOf(rems);
            rmiCalls = Collections.unmodifiableSortedMap(new TreeMap<>(rmiCalls));
        }

        public long rmiCallsTotal() {
            return rmiCalls.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The RMM refused a command of the launch. */
    record RefusedByRmm(LaunchStep step, RmiRefusal refusal) implements Forecast {}

    /** Not even the largest machine has granules enough. */
    record OutOfGranules(LaunchStep step) implements Forecast {}
}
