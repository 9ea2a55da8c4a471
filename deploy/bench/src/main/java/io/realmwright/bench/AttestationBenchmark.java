package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.EmbeddedDatabase;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Ports;
import io.realmwright.processes.ServiceProcess;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Tokens that running realms make, at the agent alone; and attestations, in which deployer-policy has a token made, checks
 * two signatures, compares every claim, and puts all of it on record.
 */
final class AttestationBenchmark implements Benchmark {
    private static final int CLIENTS = 8;
    private static final int REALMS = 8;
    private static final int CHALLENGE_BYTES = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<MachinePlan> MACHINES = IntStream.range(0, 4)
            .mapToObj(number -> new MachinePlan("m" + number, "rmm-2.0+kvm-rmi-init-ripas", "64GB", number + 1))
            .toList();

    @Override
    public String name() {
        return "attestation";
    }

    @Override
    public String summary() {
        return "tokens made per second; tokens made, appraised and put on record per second";
    }

    /** A realm whose guest answers challenges. */
    private record Attester(String name, String machine, String agentRealm) {}

    @Override
    public Result run(Setting setting) {
        setting.progress().say("attestation: starting PostgreSQL, deployer-policy and host-agent");
        List<EmbeddedDatabase.Database> databases = List.of(Cluster.POLICY_DATABASE, Cluster.AGENT_DATABASE);
        try (var cluster = Cluster.start(setting.home(), setting.directory(name()), databases)) {
            ServiceProcess policy = cluster.startPolicy(
                    "deployer-policy",
                    Ports.free(),
                    List.of("-Xmx1g"),
                    cluster.database().settingsFor(Cluster.POLICY_DATABASE));
            ServiceProcess agent = cluster.startAgent(
                    "host-agent",
                    Ports.free(),
                    MACHINES,
                    List.of("-Xmx1g"),
                    cluster.database().settingsFor(Cluster.AGENT_DATABASE));
            cluster.endorse(agent, MACHINES);
            var policyApi = new Api(policy.url());
            BenchRealm.prepare(policyApi, agent, MACHINES);
            return measure(setting, policyApi, new Api(agent.url()), launch(policyApi));
        }
    }

    private static List<Attester> launch(Api policy) {
        for (int i = 0; i < REALMS; i++) {
            policy.post("/v1/realms", BenchRealm.named("attester-" + i));
        }
        List<Attester> attesters = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (attesters.size() < REALMS) {
            if (System.nanoTime() > deadline) {
                throw new LocalRunException("realm attester-" + attesters.size() + " does not boot");
            }
            String name = "attester-" + attesters.size();
            JsonNode status = policy.get("/v1/realms/" + name).path("status");
            if (status.path("outcome").path("kind").asString("").equals("BOOTED")) {
                attesters.add(new Attester(
                        name,
                        status.path("host").asString(),
                        status.path("agentRealm").asString()));
            } else {
                Api.pause(Duration.ofMillis(50));
            }
        }
        return attesters;
    }

    private static Result measure(Setting setting, Api policy, Api agent, List<Attester> attesters) {
        setting.progress().say("attestation: warming up");
        repeat(WARM_UP, attesters, realm -> makeToken(agent, realm));
        repeat(WARM_UP, attesters, realm -> attest(policy, realm));
        setting.progress()
                .say("attestation: measuring twice for " + setting.length().toSeconds() + " s");
        Latencies tokens = repeat(setting.length(), attesters, realm -> makeToken(agent, realm));
        Latencies attestations = repeat(setting.length(), attesters, realm -> attest(policy, realm));
        return new Result(
                List.of(
                        rate("tokens made by host-agent, " + CLIENTS + " clients", tokens, setting.length()),
                        Result.Figure.of("  latency p50 / p95 / p99", tokens.summary()),
                        rate("tokens made, appraised and put on record", attestations, setting.length()),
                        Result.Figure.of("  latency p50 / p95 / p99", attestations.summary())),
                List.of(new Chart.Percentiles(
                        "latency", "Attestation of a realm, " + CLIENTS + " clients", attestations)));
    }

    private static Result.Figure rate(String name, Latencies latencies, Duration length) {
        return Result.Figure.of(name, "%.0f/s".formatted(latencies.count() / (double) length.toSeconds()));
    }

    /** All clients go round the realms for so long. */
    private static Latencies repeat(Duration length, List<Attester> attesters, Consumer<Attester> request) {
        var latencies = new Latencies();
        var next = new AtomicInteger();
        long end = System.nanoTime() + length.toNanos();
        Clients.inParallel(CLIENTS, () -> {
            while (System.nanoTime() < end) {
                Attester realm = attesters.get(Math.floorMod(next.getAndIncrement(), attesters.size()));
                long start = System.nanoTime();
                request.accept(realm);
                latencies.add(System.nanoTime() - start);
            }
        });
        return latencies;
    }

    private static void makeToken(Api agent, Attester realm) {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        new SecureRandom().nextBytes(challenge);
        agent.post(
                "/v1/machines/" + realm.machine() + "/realms/" + realm.agentRealm() + "/token",
                Map.of("challenge", HexFormat.of().formatHex(challenge)));
    }

    private static void attest(Api policy, Attester realm) {
        JsonNode attestation = policy.post("/v1/realms/" + realm.name() + "/attestations", Map.of())
                .body();
        if (!attestation.path("attested").asBoolean()) {
            throw new LocalRunException(realm.name() + " is not attested: " + attestation.path("appraisal"));
        }
    }
}
