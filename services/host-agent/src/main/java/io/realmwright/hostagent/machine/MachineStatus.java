package io.realmwright.hostagent.machine;

import io.realmwright.machine.fault.Fault;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What a machine was like when its last work ended.
 *
 * @param features the RMI feature registers, from index 0
 * @param granules number of granules by state
 * @param freeVmids VMIDs that no realm has
 * @param realms number of realms that are on the machine
 * @param faults the fault plan in force
 */
public record MachineStatus(
        MachineConfig config,
        UUID bootId,
        Instant bootedAt,
        List<Long> features,
        SortedMap<String, Long> granules,
        long freeGranules,
        long leakedGranules,
        int freeVmids,
        int realms,
        List<Fault> faults) {}
