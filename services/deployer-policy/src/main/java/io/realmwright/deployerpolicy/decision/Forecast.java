package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RmiRefusal;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.IpaRange;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rehearsal of a launch on a scratch machine came to. */
public sealed interface Forecast {
    /**
     * The launch went through and the guest ran to an outcome.
     *
     * @param rim lower-case hexadecimal digits
     * @param rems REM 1 to 4 as the realm's token is going to show them, likewise; none in forecasts of old
     * @param declared what the host declares RAM before activation, in the order in which it does; none in forecasts of
     *     old
     * @param rmiCalls number of calls up to the outcome, by command
     * @param granules how many granules of the host the realm held then
     * @param rttGranules how many of them hold tables, root tables included; unknown in forecasts of old
     */
    record Ran(
            Outcome outcome,
            HashAlgorithm hashAlgorithm,
            String rim,
            List<String> rems,
            List<Declared> declared,
            SortedMap<String, Long> rmiCalls,
            long granules,
            OptionalLong rttGranules)
            implements Forecast {
        public Ran {
            rems = List.copyOf(rems);
            declared = List.copyOf(declared);
            rmiCalls = Collections.unmodifiableSortedMap(new TreeMap<>(rmiCalls));
        }

        public long rmiCallsTotal() {
            return rmiCalls.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * A range that the host declares.
     *
     * @param rmiCalls number of calls that it takes
     */
    record Declared(IpaRange range, long rmiCalls) {}

    /** What a rehearsal, being one, cannot tell. */
    enum NotChecked {
        /** Whether the host has granules and VMIDs left when it comes to the launch; placement looks then. */
        HOST_CAPACITY,
        /** Whether the host's agent answers and its RMM refuses nothing out of turn. */
        HOST_HEALTH,
        /** Quotas, which are asked when a realm is placed. */
        QUOTA,
        /** What a guest does beyond the steps of its profile or program, and devices, which are not modelled. */
        GUEST_BEYOND_ITS_STEPS,
        /** Timing, interrupts, and other realms on the host. */
        TIMING,
        /** The attestation token: what it will say about the platform. */
        TOKEN
    }

    /** The RMM refused a command of the launch. */
    record RefusedByRmm(LaunchStep step, RmiRefusal refusal) implements Forecast {}

    /** Not even the largest machine has granules enough. */
    record OutOfGranules(LaunchStep step) implements Forecast {}
}
