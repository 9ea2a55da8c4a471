package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The realm that is launched: one memslot of 256 MiB, 16 pages that are not measured, one vCPU, LINUX_EARLY_RSI. */
final class BenchRealm {
    private static final String POLICY = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private BenchRealm() {}

    static Map<String, ?> named(String name) {
        return Map.of(
                "name",
                name,
                "policy",
                POLICY,
                "labels",
                Map.of("team", "bench"),
                "spec",
                Map.of(
                        "memslots", List.of(Map.of("base", "0x80000000", "size", "0x10000000")),
                        "images",
                                List.of(Map.of(
                                        "generated",
                                        Map.of("seed", 1, "size", "0x10000"),
                                        "ipa",
                                        "0x80000000",
                                        "measured",
                                        false)),
                        "guest", Map.of("profile", "LINUX_EARLY_RSI")));
    }

    /** Publishes the policy and registers the machines of an agent, and waits until they are ready. */
    static void prepare(Api policy, ServiceProcess agent, List<MachinePlan> machines) {
        publish(policy);
        register(policy, agent, machines);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!machines.stream().allMatch(machine -> isReady(policy, machine.name()))) {
            if (System.nanoTime() > deadline) {
                throw new LocalRunException("the hosts do not become READY");
            }
            Api.pause(Duration.ofMillis(100));
        }
    }

    static void publish(Api policy) {
        var effect = Map.of(
                "kind", "ALLOW",
                "ripasMode", Map.of("kind", "HOST_ALL_MEMSLOTS"),
                "verdict", Map.of("kind", "ACCEPT"));
        var content = Map.of(
                "name",
                POLICY,
                "description",
                "Everything is allowed.",
                "rules",
                List.of(Map.of("name", "all", "when", "true", "effect", effect)));
        String etag = policy.post("/v1/policies", content).etag();
        policy.post("/v1/policies/" + POLICY + "/revisions/1/publish", Map.of(), etag);
    }

    static void register(Api policy, ServiceProcess agent, List<MachinePlan> machines) {
        machines.forEach(machine -> policy.put(
                "/v1/hosts/" + machine.name(),
                Map.of(
                        "agentUrl", agent.url().toString(),
                        "machine", machine.name(),
                        "agentName", agent.name(),
                        "labels", Map.of("agent", agent.name()))));
    }

    private static boolean isReady(Api policy, String host) {
        return policy.get("/v1/hosts/" + host).path("status").asString().equals("READY");
    }
}
