package io.realmwright.deployerpolicy.host.rest;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.host.json.MachineReportDocument;
import io.realmwright.deployerpolicy.json.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of requests and answers about hosts. */
final class HostBodies {
    private HostBodies() {}

    /** How a host is registered. */
    record Registration(
            @Nullable String agentUrl,
            @Nullable String machine,
            @Nullable String agentName,
            @Nullable Map<String, @Nullable String> labels) {
        private static final URI NOWHERE = URI.create("http://localhost");

        URI readAgentUrl(Fields fields) {
            String text = fields.required("agentUrl", agentUrl, NOWHERE.toString());
            try {
                var url = new URI(text);
                boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                if (isWeb && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
                    return url;
                }
            } catch (URISyntaxException e) {
                // said below, as for every other text that is no such URL
            }
            fields.reject("agentUrl", "is an http or https URL without query and fragment");
            return NOWHERE;
        }
    }

    record HostBody(
            String name,
            URI agentUrl,
            String machine,
            String agentName,
            Map<String, String> labels,
            Host.Origin origin,
            Host.Scheduling scheduling,
            Host.State status,
            Host.Reason reason,
            String message,
            Instant statusSince,
            @Nullable Instant polledAt,
            @Nullable MachineReportDocument report,
            @Nullable Capacity capacity,
            Instant createdAt,
            Instant updatedAt) {
        /** A host as its own report and the realms on it tell. */
        static HostBody of(Host host, HostUse use) {
            return new HostBody(
                    host.name(),
                    host.address().agentUrl(),
                    host.address().machine(),
                    host.address().agentName(),
                    host.labels().byKey(),
                    host.origin(),
                    host.scheduling(),
                    host.state(),
                    host.status().reason(),
                    host.status().message(),
                    host.status().since(),
                    host.status().polledAt(),
                    host.report().map(MachineReportDocument::of).orElse(null),
                    host.report().map(report -> Capacity.of(report, use)).orElse(null),
                    host.createdAt(),
                    host.updatedAt());
        }
    }

    /** What realms make of a host. */
    record HostUse(long realms, HostPromise promise) {}

    /**
     * What a host has left.
     *
     * @param realms that it holds, or may hold
     * @param promisedRealms those of them that its last report cannot know of yet
     * @param freeGranules without those that are promised
     * @param promisedGranules that go to realms which the last report cannot know of yet
     * @param leakedGranules lost to undelegations that failed, until the machine boots anew
     * @param freeVmids null if the agent does not tell
     * @param rttPages granules that are realm translation tables
     */
    record Capacity(
            long realms,
            long promisedRealms,
            long freeGranules,
            long promisedGranules,
            long leakedGranules,
            @Nullable Long freeVmids,
            long rttPages) {
        static Capacity of(MachineReport report, HostUse use) {
            HostPromise promise = use.promise();
            return new Capacity(
                    use.realms(),
                    promise.realms(),
                    Math.max(0, report.freeGranules() - promise.granules()),
                    promise.granules(),
                    report.leakedGranules(),
                    report.freeVmids().isPresent() ? report.freeVmids().getAsLong() : null,
                    report.granules().getOrDefault("RTT", 0L));
        }
    }

    record HostList(
            List<HostBody> hosts,
            long lastEventId,
            @Nullable String nextPageToken) {}
}
