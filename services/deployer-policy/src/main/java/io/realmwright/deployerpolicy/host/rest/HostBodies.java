package io.realmwright.deployerpolicy.host.rest;

import io.realmwright.deployerpolicy.host.Host;
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
            boolean cordoned,
            Readiness status,
            Host.Reason reason,
            String message,
            Instant statusSince,
            @Nullable Instant polledAt,
            @Nullable MachineReportDocument report,
            Instant createdAt,
            Instant updatedAt) {
        static HostBody of(Host host) {
            return new HostBody(
                    host.name(),
                    host.address().agentUrl(),
                    host.address().machine(),
                    host.agentName(),
                    host.labels().byKey(),
                    host.origin(),
                    host.cordoned(),
                    host.status().isReady() ? Readiness.READY : Readiness.NOT_READY,
                    host.status().reason(),
                    host.status().message(),
                    host.status().since(),
                    host.status().polledAt(),
                    host.report().map(MachineReportDocument::of).orElse(null),
                    host.createdAt(),
                    host.updatedAt());
        }
    }

    /** Whether realms can be placed there. */
    enum Readiness {
        READY,
        NOT_READY
    }

    record HostList(List<HostBody> hosts, @Nullable String nextPageToken) {}
}
