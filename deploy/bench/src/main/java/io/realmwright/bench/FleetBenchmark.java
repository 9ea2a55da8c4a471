package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.EmbeddedDatabase.Database;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Ports;
import io.realmwright.processes.ServiceProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A fleet of many hosts and many more realms: how long until it is there, and how fast it is listed and watched. */
final class FleetBenchmark implements Benchmark {
    private static final int HOSTS = 1_000;
    private static final int AGENTS = 4;
    private static final int REALMS = 100_000;
    private static final int REQUESTS_PER_SECOND = 500;
    private static final int WATCHERS = 50;
    private static final int GOAL_SECONDS = 60;
    private static final int GOAL_MILLIS = 100;
    private static final int REGISTRARS = 8;
    /** A cold service is asked for a part of the rate at first: an open load would only pile up before it. */
    private static final int WARM_UP_PARTS = 3;

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public String summary() {
        return "1,000 hosts, 100,000 realms kept, and 500 requests a second for lists while 50 readers watch";
    }

    @Override
    public Result run(Setting setting) {
        int hosts = (int) (HOSTS * setting.scale());
        int realms = (int) (REALMS * setting.scale());
        var databases = new ArrayList<>(List.of(Cluster.POLICY_DATABASE));
        IntStream.range(0, AGENTS).forEach(number -> databases.add(agentDatabase(number)));
        setting.progress().say("fleet: starting PostgreSQL, deployer-policy and " + AGENTS + " host-agents");
        try (var cluster = Cluster.start(setting.home(), setting.directory(name()), databases)) {
            ServiceProcess policy = cluster.startPolicy(
                    "deployer-policy",
                    Ports.free(),
                    JavaOptions.heap("1g"),
                    PolicySettings.on(cluster, "--realmwright.host.poll-interval=PT10S"));
            List<List<MachinePlan>> plans = new ArrayList<>();
            List<ServiceProcess> agents = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                plans.add(machines(i, hosts / AGENTS));
                agents.add(cluster.startAgent(
                        "agent-" + i,
                        Ports.free(),
                        plans.getLast(),
                        JavaOptions.heap("1g"),
                        cluster.database().settingsFor(agentDatabase(i))));
            }
            return measure(setting, cluster, policy, agents, plans, realms);
        }
    }

    private static Database agentDatabase(int number) {
        return Database.of("agent_" + number);
    }

    private static List<MachinePlan> machines(int agent, int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new MachinePlan("a" + agent + "-m" + number, "rmm-2.0+kvm-rmi-v14", "1GB", number + 1))
                .toList();
    }

    private Result measure(
            Setting setting,
            Cluster cluster,
            ServiceProcess policy,
            List<ServiceProcess> agents,
            List<List<MachinePlan>> plans,
            int realms) {
        var api = new Api(policy.url());
        BenchRealm.publish(api);
        int hosts = plans.stream().mapToInt(List::size).sum();
        setting.progress().say("fleet: registering " + hosts + " hosts");
        double seconds = register(policy, agents, plans);
        long agentBytes =
                agents.stream().mapToLong(ServiceProcess::residentBytes).sum();
        setting.progress().say("fleet: keeping " + realms + " realms");
        keep(cluster, api, realms);
        setting.progress().say("fleet: listing and watching");
        var watches = new Latencies();
        ListLoad.Came came = listAndWatch(setting, policy, realms, watches);
        return new Result(
                List.of(
                        new Result.Figure(
                                hosts + " hosts registered and READY",
                                "%.1f s".formatted(seconds),
                                "at most " + GOAL_SECONDS + " s",
                                seconds <= GOAL_SECONDS),
                        Result.Figure.of(
                                "resident memory of the agents per machine",
                                "%.0f KiB".formatted(agentBytes / 1024.0 / hosts)),
                        Result.Figure.of("realms kept", Integer.toString(realms)),
                        new Result.Figure(
                                "lists of realms and hosts answered",
                                "%.0f/s".formatted(came.perSecond()),
                                REQUESTS_PER_SECOND + "/s",
                                came.perSecond() >= 0.95 * REQUESTS_PER_SECOND),
                        figure("  latency p50 / p95 / p99", came.lists()),
                        new Result.Figure(
                                "  answers other than 200", Integer.toString(came.failed()), "0", came.failed() == 0),
                        figure("events to " + WATCHERS + " readers, p50 / p95 / p99", watches),
                        Result.Figure.of(
                                "resident memory of deployer-policy",
                                "%d MiB".formatted(policy.residentBytes() >> 20))),
                List.of(
                        new Chart.Percentiles(
                                "lists", "Lists at " + REQUESTS_PER_SECOND + " requests a second", came.lists()),
                        new Chart.Percentiles("watches", "From the change to its reader", watches)));
    }

    private static Result.Figure figure(String name, Latencies latencies) {
        return new Result.Figure(
                name,
                latencies.summary(),
                "p99 under " + GOAL_MILLIS + " ms",
                latencies.count() > 0 && latencies.millis(99) < GOAL_MILLIS);
    }

    private static double register(ServiceProcess policy, List<ServiceProcess> agents, List<List<MachinePlan>> plans) {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            ServiceProcess agent = agents.get(i);
            List<MachinePlan> machines = plans.get(i);
            for (int part = 0; part < REGISTRARS / AGENTS; part++) {
                int remainder = part;
                threads.add(Thread.startVirtualThread(() -> BenchRealm.register(
                        new Api(policy.url()),
                        agent,
                        IntStream.range(0, machines.size())
                                .filter(index -> index % (REGISTRARS / AGENTS) == remainder)
                                .mapToObj(machines::get)
                                .toList())));
            }
        }
        threads.forEach(FleetBenchmark::join);
        var api = new Api(policy.url());
        int hosts = plans.stream().mapToInt(List::size).sum();
        while (ready(api) < hosts) {
            Api.pause(Duration.ofMillis(200));
            if (System.nanoTime() - start > Duration.ofMinutes(10).toNanos()) {
                throw new LocalRunException("the hosts do not become READY");
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static int ready(Api api) {
        int ready = 0;
        String next = "";
        do {
            JsonNode page = api.get("/v1/hosts?pageSize=500" + (next.isEmpty() ? "" : "&pageToken=" + next));
            for (JsonNode host : page.path("hosts")) {
                ready += host.path("status").asString().equals("READY") ? 1 : 0;
            }
            next = page.path("nextPageToken").asString("");
        } while (!next.isEmpty());
        return ready;
    }

    /** One realm is launched by REST, and its row is repeated as that of a stopped one: what is measured is reading. */
    private static void keep(Cluster cluster, Api api, int realms) {
        api.post("/v1/realms", BenchRealm.named("pattern"));
        while (!api.get("/v1/realms/pattern").path("status").has("outcome")) {
            Api.pause(Duration.ofMillis(100));
        }
        try (Connection connection =
                        DriverManager.getConnection(cluster.database().url(Cluster.POLICY_DATABASE));
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into realm (id, name, spec, labels, policy, host_selector, restart_policy, goal, phase,
                                       decision_id, host, launch_id, boot_id, grant_id, plan, agent_realm, rim,
                                       rmi_calls_total, outcome, failure, refused, forecast, granules, conditions,
                                       created_at, updated_at, version, observed_generation)
                    select gen_random_uuid(), 'kept-' || lpad(number::text, 7, '0'), spec,
                           jsonb_build_object('team', 'team-' || number %% 100), policy, host_selector, restart_policy,
                           'STOP', 'STOPPED', decision_id, host, launch_id, boot_id, grant_id, plan, agent_realm, rim,
                           rmi_calls_total, outcome, failure, refused, forecast, granules, conditions, created_at,
                           updated_at, version, generation
                    from realm cross join generate_series(1, %d) number
                    where name = 'pattern'
                    """.formatted(realms));
            statement.execute("vacuum analyze");
            statement.execute("checkpoint"); // of the set-up, which is not what is measured
        } catch (SQLException e) {
            throw new LocalRunException("the realms cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Lists at the rate of the goal, with so many readers of every event, once the service is warm. */
    private static ListLoad.Came listAndWatch(Setting setting, ServiceProcess policy, int realms, Latencies watches) {
        var load = new ListLoad(policy, realms);
        var isWarm = new AtomicBoolean();
        List<EventWatch> readers = IntStream.range(0, WATCHERS)
                .mapToObj(number -> EventWatch.of(policy.url(), "HOST", event -> {
                    if (isWarm.get()) {
                        watched(event, watches);
                    }
                }))
                .toList();
        for (int part = WARM_UP_PARTS; part > 0; part--) {
            load.run(REQUESTS_PER_SECOND / part, setting.length());
        }
        isWarm.set(true);
        ListLoad.Came came = load.run(REQUESTS_PER_SECOND, setting.length());
        readers.forEach(EventWatch::close);
        return came;
    }

    private static void watched(JsonNode event, Latencies watches) {
        Duration took = Duration.between(Instant.parse(event.path("at").asString()), Instant.now());
        watches.add(Math.max(0, took.toNanos()));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }
}
