package io.realmwright.deployerpolicy.host;

import io.realmwright.machine.host.HostProfile;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an agent says about one of its machines.
 *
 * @param bootId changes with every boot; realms do not survive one
 * @param features the RMI feature registers, hexadecimal, from index 0
 * @param granules number of granules by state
 * @param freeGranules granules that the host can still use
 * @param freeVmids VMIDs that no realm has; empty if the agent does not tell
 */
public record MachineReport(
        HostProfile profile,
        UUID bootId,
        Instant bootedAt,
        long dramBytes,
        List<String> features,
        SortedMap<String, Long> granules,
        long freeGranules,
        long leakedGranules,
        OptionalLong freeVmids,
        Capabilities capabilities,
        boolean simulated) {
    public MachineReport {
        features = List.copyOf(features);
        granules = Collections.unmodifiableSortedMap(new TreeMap<>(granules));
    }

    /** What the machine's KVM UABI can be asked for, by the names used in policies and specs. */
    public record Capabilities(
            List<String> ripasModes, List<String> verdicts, List<String> hashAlgorithms, boolean rpv) {
        public Capabilities {
            ripasModes = List.copyOf(ripasModes);
            verdicts = List.copyOf(verdicts);
            hashAlgorithms = List.copyOf(hashAlgorithms);
        }
    }
}
