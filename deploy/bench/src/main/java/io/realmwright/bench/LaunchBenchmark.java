package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.EmbeddedDatabase.Database;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Ports;
import io.realmwright.processes.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Realms from their creation by REST to the event that says that their guests booted: a decision with a rehearsal, a grant,
 * a placement, a launch and a run on a simulated machine, and all of it on record in two durable databases.
 */
final class LaunchBenchmark implements Benchmark {
    /** Where PostgreSQL alone is measured. */
    private static final Database TRANSACTIONS = Database.of("pgbench");

    private static final int CLIENTS = 24;
    private static final int WARM_UP_ROUND = 1_000;

    /** Rounds go on for as long as they get faster, up to this many realms. */
    private static final int WARM_UP_MAX = 10_000;

    /** A round that is not faster than the best one by this factor counts as steady; two of them end the warm-up. */
    private static final double FASTER = 1.05;

    private static final int STEADY_ROUNDS = 2;
    private static final int MANY = 10_000;
    private static final int GOAL_PER_SECOND = 200;
    private static final int GOAL_FRACTION = 10;
    private static final int GOAL_MANY_SECONDS = 60;
    private static final List<MachinePlan> MACHINES = IntStream.range(0, 4)
            .mapToObj(number -> new MachinePlan("m" + number, "rmm-2.0+kvm-rmi-v14", "64GB", number + 1))
            .toList();

    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();

    @Override
    public String name() {
        return "launches";
    }

    @Override
    public String summary() {
        return "launches per second through both services, beside pgbench's transaction; 10,000 realms; memory per realm";
    }

    @Override
    public Result run(Setting setting) {
        setting.progress().say("launches: starting PostgreSQL, deployer-policy and host-agent");
        try (var cluster = Cluster.start(
                setting.home(),
                setting.directory(name()),
                List.of(Cluster.POLICY_DATABASE, Cluster.AGENT_DATABASE, TRANSACTIONS))) {
            ServiceProcess policy = cluster.startPolicy(
                    "deployer-policy", Ports.free(), JavaOptions.heap("1g"), PolicySettings.on(cluster));
            ServiceProcess agent = cluster.startAgent(
                    "host-agent",
                    Ports.free(),
                    MACHINES,
                    JavaOptions.heap("3g"),
                    cluster.database().settingsFor(Cluster.AGENT_DATABASE));
            BenchRealm.prepare(new Api(policy.url()), agent, MACHINES);
            var watch = EventWatch.of(policy.url(), "REALM", this::happened);
            cluster.endLater(watch::close);
            return measure(setting, cluster, policy, agent);
        }
    }

    private Result measure(Setting setting, Cluster cluster, ServiceProcess policy, ServiceProcess agent) {
        warmUp(setting, policy);
        setting.progress().say("launches: measuring for " + setting.length().toSeconds() + " s");
        var launches = new Latencies();
        double perSecond = launchFor(policy, setting.length(), launches);
        setting.progress().say("launches: as many connections make TPC-B-like transactions");
        Latencies transactions = new TpcB(cluster.database().url(TRANSACTIONS), CLIENTS).run(setting.length());
        double commits = transactions.count() / (double) setting.length().toSeconds();
        int many = (int) (MANY * setting.scale());
        setting.progress().say("launches: " + many + " realms at once");
        long agentBefore = agent.residentBytes();
        long policyBefore = policy.residentBytes();
        var burst = new Latencies();
        double seconds = launchMany(policy, many, burst);
        long perRealm = (agent.residentBytes() - agentBefore) / many;
        long perRealmPolicy = (policy.residentBytes() - policyBefore) / many;
        return new Result(
                List.of(
                        new Result.Figure(
                                "launches to BOOTED, " + CLIENTS + " clients",
                                "%.0f/s".formatted(perSecond),
                                "at least " + GOAL_PER_SECOND + "/s",
                                perSecond >= GOAL_PER_SECOND),
                        Result.Figure.of("  latency p50 / p95 / p99", launches.summary()),
                        Result.Figure.of(
                                "TPC-B-like transactions over JDBC, " + CLIENTS + " connections",
                                "%.0f/s".formatted(commits)),
                        Result.Figure.of("  latency p50 / p95 / p99", transactions.summary()),
                        new Result.Figure(
                                "launches per TPC-B-like transaction",
                                "1/%.1f".formatted(commits / perSecond),
                                "at least 1/" + GOAL_FRACTION,
                                perSecond * GOAL_FRACTION >= commits),
                        new Result.Figure(
                                many + " realms created to BOOTED",
                                "%.1f s".formatted(seconds),
                                "at most %.0f s".formatted(GOAL_MANY_SECONDS * setting.scale()),
                                seconds <= GOAL_MANY_SECONDS * setting.scale()),
                        Result.Figure.of("  latency p50 / p95 / p99", burst.summary()),
                        Result.Figure.of(
                                "resident memory of host-agent per realm kept",
                                "%.1f KiB".formatted(perRealm / 1024.0)),
                        Result.Figure.of(
                                "resident memory of deployer-policy per realm kept",
                                "%.1f KiB".formatted(perRealmPolicy / 1024.0))),
                List.of(
                        new Chart.Percentiles("latency", "Launch to BOOTED, " + CLIENTS + " clients", launches),
                        new Chart.Bars(
                                "beside-pgbench",
                                "On the same cores and disk",
                                "per second",
                                List.of(
                                        new Chart.Bars.Bar("launches", perSecond),
                                        new Chart.Bars.Bar("TPC-B-like commits / 10", commits / GOAL_FRACTION)))));
    }

    /** Launches until that gets no faster: two cold services mostly compile, and their first minutes say little. */
    private void warmUp(Setting setting, ServiceProcess policy) {
        int left = (int) (WARM_UP_MAX * setting.scale());
        int steady = 0;
        double best = 0;
        while (left > 0 && steady < STEADY_ROUNDS) {
            int round = Math.min(left, WARM_UP_ROUND);
            double perSecond = round / launchMany(policy, round, new Latencies());
            setting.progress().say("launches: warming up, %.0f/s".formatted(perSecond));
            steady = perSecond < best * FASTER ? steady + 1 : 0;
            best = Math.max(best, perSecond);
            left -= round;
        }
    }

    /** An event ends somebody's waiting. */
    private void happened(JsonNode event) {
        if (event.path("reason").asString("").equals("BOOTED")) {
            CountDownLatch latch = waiting.get(event.path("name").asString());
            if (latch != null) {
                latch.countDown();
            }
        }
    }

    /** Each client launches one realm after the other for so long; answers how many a second. */
    private double launchFor(ServiceProcess policy, Duration length, Latencies latencies) {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        inParallel(() -> {
            var api = new Api(policy.url());
            while (System.nanoTime() < end) {
                launch(api, latencies);
            }
        });
        return latencies.count() / ((System.nanoTime() - start) / 1e9);
    }

    /** The clients launch so many realms together; answers how many seconds it took. */
    private double launchMany(ServiceProcess policy, int count, Latencies latencies) {
        long start = System.nanoTime();
        var left = new AtomicInteger(count);
        inParallel(() -> {
            var api = new Api(policy.url());
            while (left.getAndDecrement() > 0) {
                launch(api, latencies);
            }
        });
        return (System.nanoTime() - start) / 1e9;
    }

    private static void inParallel(Runnable client) {
        var threads = IntStream.range(0, CLIENTS)
                .mapToObj(number -> Thread.startVirtualThread(client))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalRunException("interrupted", e);
            }
        }
    }

    private void launch(Api api, Latencies latencies) {
        String name = "bench-" + names.incrementAndGet();
        var booted = new CountDownLatch(1);
        waiting.put(name, booted);
        try {
            long start = System.nanoTime();
            var answer = api.send("POST", "/v1/realms", JsonMapper.shared().writeValueAsString(BenchRealm.named(name)));
            if (answer.status() != 202) {
                throw new LocalRunException("a realm is not accepted: " + answer.body());
            }
            if (!booted.await(1, TimeUnit.MINUTES)) {
                throw new LocalRunException("realm " + name + " does not boot: "
                        + api.get("/v1/realms/" + name).path("status"));
            }
            latencies.add(System.nanoTime() - start);
        } catch (IOException e) {
            throw new LocalRunException("a realm cannot be created: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(name);
        }
    }
}
