package io.realmwright.hostagent.machine.rest;

import io.realmwright.hostagent.json.Hex;
import io.realmwright.hostagent.machine.Capabilities;
import io.realmwright.hostagent.machine.MachineStatus;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/** A machine as it is answered. */
record MachineBody(
        String name,
        String profile,
        String rmmVersion,
        boolean simulated,
        UUID bootId,
        Instant bootedAt,
        String dramBytes,
        List<String> features,
        SortedMap<String, Long> granules,
        long freeGranules,
        long leakedGranules,
        int freeVmids,
        int realms,
        Capabilities capabilities) {
    static MachineBody of(MachineStatus status) {
        var host = status.config().host();
        return new MachineBody(
                status.config().name(),
                host.profile().profileName(),
                host.profile().rmmVersion(),
                true,
                status.bootId(),
                status.bootedAt(),
                Hex.of(host.dramBytes()),
                status.features().stream().map(Hex::of).toList(),
                status.granules(),
                status.freeGranules(),
                status.leakedGranules(),
                status.freeVmids(),
                status.realms(),
                Capabilities.of(host.profile()));
    }
}
