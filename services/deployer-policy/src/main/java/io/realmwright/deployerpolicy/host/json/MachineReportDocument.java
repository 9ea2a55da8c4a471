package io.realmwright.deployerpolicy.host.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.host.MachineReport.Capabilities;
import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.machine.host.HostProfile;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What an agent said about its machine, as JSON; the same document in answers and in the database. It may get further
 * members, which replicas of this release pass over; its capabilities may not.
 */
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
public record MachineReportDocument(
        String profile,
        String rmmVersion,
        UUID bootId,
        Instant bootedAt,
        String dramBytes,
        List<String> features,
        SortedMap<String, Long> granules,
        long freeGranules,
        long leakedGranules,
        Capabilities capabilities,
        boolean simulated) {
    private static final int HEX = 16;

    public static MachineReportDocument of(MachineReport report) {
        return new MachineReportDocument(
                report.profile().profileName(),
                report.profile().rmmVersion(),
                report.bootId(),
                report.bootedAt(),
                Hex.of(report.dramBytes()),
                report.features(),
                report.granules(),
                report.freeGranules(),
                report.leakedGranules(),
                report.capabilities(),
                report.simulated());
    }

    /** The report as it is stored, with what is stored beside the document. */
    public MachineReport readStored(OptionalLong freeVmids) {
        return new MachineReport(
                HostProfile.named(profile).orElseThrow(),
                bootId,
                bootedAt,
                Long.parseLong(dramBytes, 2, dramBytes.length(), HEX),
                features,
                granules,
                freeGranules,
                leakedGranules,
                freeVmids,
                capabilities,
                simulated);
    }
}
