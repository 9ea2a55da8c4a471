package io.realmwright.bench;

import io.realmwright.processes.Cluster;
import java.util.ArrayList;
import java.util.List;

/** What deployer-policy is started with to be measured. */
final class PolicySettings {
    /** All load comes from one caller, and how fast it is served is the question. */
    private static final List<String> NO_LIMIT =
            List.of("--realmwright.limit.requests.per-second=1000000", "--realmwright.limit.requests.burst=1000000");

    private PolicySettings() {}

    static List<String> on(Cluster cluster, String... more) {
        var settings = new ArrayList<>(cluster.database().settingsFor(Cluster.POLICY_DATABASE));
        settings.addAll(NO_LIMIT);
        settings.addAll(List.of(more));
        return settings;
    }
}
