package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.EmbeddedDatabase.Database;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Ports;
import io.realmwright.processes.Progress;
import io.realmwright.processes.ServiceProcess;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Runs both services under a steady load for long, and looks for what grows, leaks or gets lost. */
final class Soak {
    private static final double MIB = 1 << 20;
    private static final int SAMPLES = 60;
    private static final int READERS = 2;
    private static final double SECONDS_BETWEEN_WORDS = 30;
    private static final List<MachinePlan> MACHINES = IntStream.range(0, 4)
            .mapToObj(number -> new MachinePlan("m" + number, "rmm-2.0+kvm-rmi-v14", "64GB", number + 1))
            .toList();

    private final SoakOptions options;
    private final Progress progress;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final List<Result.Figure> figures = new ArrayList<>();

    private Soak(SoakOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    static Result run(SoakOptions options, Progress progress) {
        return new Soak(options, progress).run();
    }

    private Result run() {
        progress.say("soak: starting PostgreSQL, deployer-policy and host-agent");
        try (var cluster = Cluster.start(
                options.home(),
                options.home().resolve("target/soak/run"),
                List.of(Cluster.POLICY_DATABASE, Cluster.AGENT_DATABASE))) {
            ServiceProcess policy = cluster.startPolicy(
                    "deployer-policy", Ports.free(), JavaOptions.heap("512m"), PolicySettings.on(cluster));
            ServiceProcess agent = cluster.startAgent(
                    "host-agent",
                    Ports.free(),
                    MACHINES,
                    JavaOptions.heap("1g"),
                    cluster.database().settingsFor(Cluster.AGENT_DATABASE));
            BenchRealm.prepare(new Api(policy.url()), agent, MACHINES);
            var load = new SoakLoad(policy, options.rate());
            for (int i = 0; i < READERS; i++) {
                var watch = EventWatch.of(policy.url(), "REALM", load::happened);
                cluster.endLater(watch::close);
            }
            double freeBefore = Sample.metric(agent, "realmwright_machine_free_granules", "");
            // While a service starts, its health is an answer of 503.
            double errorsBefore = serverErrors(policy) + serverErrors(agent);
            soak(load, List.of(policy, agent));
            judge(load, policy, agent, freeBefore, errorsBefore);
            tellOfTables(cluster, Cluster.POLICY_DATABASE);
            tellOfTables(cluster, Cluster.AGENT_DATABASE);
        }
        return new Result(List.copyOf(figures), charts());
    }

    private void soak(SoakLoad load, List<ServiceProcess> services) {
        progress.say("soak: %d realms a second for %s".formatted(options.rate(), options.length()));
        services.forEach(service -> samples.put(service.name(), new ArrayList<>()));
        long start = System.nanoTime();
        Thread running = Thread.startVirtualThread(() -> load.run(options.length()));
        Duration pause = options.length().dividedBy(SAMPLES);
        double told = 0;
        while (running.isAlive()) {
            Api.pause(pause.compareTo(Duration.ofSeconds(2)) < 0 ? Duration.ofSeconds(2) : pause);
            double seconds = (System.nanoTime() - start) / 1e9;
            services.forEach(service -> samples.computeIfAbsent(service.name(), _ -> new ArrayList<>())
                    .add(Sample.of(service, seconds)));
            if (seconds - told >= SECONDS_BETWEEN_WORDS) {
                told = seconds;
                progress.say("soak: " + soFar(load));
            }
        }
        load.finish();
    }

    private String soFar(SoakLoad load) {
        var heaps = new StringBuilder();
        samples.forEach((service, taken) -> heaps.append(
                ", %s %.0f MiB of heap".formatted(service, taken.getLast().heapBytes() / MIB)));
        return "%d realms begun, %d booted, %d failed%s"
                .formatted(load.begun(), load.latencies().count(), load.failed(), heaps);
    }

    private void judge(
            SoakLoad load, ServiceProcess policy, ServiceProcess agent, double freeBefore, double errorsBefore) {
        figures.add(Result.Figure.of(
                "realms created, run, read and deleted",
                Integer.toString(load.latencies().count())));
        figures.add(Result.Figure.of(
                "  begun each second",
                "%.1f, of %d asked for"
                        .formatted(load.begun() / (double) options.length().toSeconds(), options.rate())));
        figures.add(
                Result.Figure.of("  to BOOTED p50 / p95 / p99", load.latencies().summary()));
        none("realms that failed or got lost", load.failed());
        if (load.failed() > 0) {
            progress.say("    " + load.failures());
        }
        none("answers that were 5xx", serverErrors(policy) + serverErrors(agent) - errorsBefore);
        none("granules leaked", Sample.metric(agent, "realmwright_machine_leaked_granules", ""));
        none("realms left on machines", Sample.metric(agent, "realmwright_machine_realms", ""));
        none("granules not given back", freeBefore - Sample.metric(agent, "realmwright_machine_free_granules", ""));
        samples.forEach((service, taken) -> {
            flat(service + ": heap after a collection", taken, Sample::heapBytes);
            flat(service + ": resident memory", taken, Sample::residentBytes);
            range(service + ": threads", taken, Sample::threads);
            range(service + ": open files", taken, Sample::files);
        });
    }

    private static double serverErrors(ServiceProcess service) {
        return Sample.metric(service, "http_server_requests_seconds_count", "outcome=\"SERVER_ERROR\"");
    }

    private void none(String name, double count) {
        figures.add(new Result.Figure(name, "%.0f".formatted(count), "none", count == 0));
    }

    private void flat(String name, List<Sample> taken, ToDoubleFunction<Sample> value) {
        List<Sample> settled = taken.subList(taken.size() / 3, taken.size());
        Trend trend = Trend.of(
                Sample.seconds(settled),
                settled.stream().map(value::applyAsDouble).toList());
        boolean isJudged = options.length().compareTo(SoakOptions.JUDGED) >= 0;
        figures.add(new Result.Figure(
                name,
                "%.0f MiB, %+.1f MiB".formatted(trend.mean() / MIB, trend.growth() / MIB),
                isJudged ? "flat" : "",
                !isJudged || trend.isFlat()));
    }

    private void range(String name, List<Sample> taken, ToDoubleFunction<Sample> value) {
        var summary = taken.stream().mapToDouble(value).summaryStatistics();
        figures.add(Result.Figure.of(
                name,
                "%.0f to %.0f, last %.0f"
                        .formatted(summary.getMin(), summary.getMax(), value.applyAsDouble(taken.getLast()))));
    }

    private void tellOfTables(Cluster cluster, Database database) {
        try (var connection = DriverManager.getConnection(cluster.database().url(database));
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("""
                    select pg_size_pretty(pg_database_size(current_database())),
                           (select count(*) from pg_stat_activity where datname = current_database())
                    """)) {
                rows.next();
                figures.add(Result.Figure.of(
                        database.name() + ": size, connections", rows.getString(1) + ", " + rows.getString(2)));
            }
            try (var rows = statement.executeQuery("""
                    select relname, pg_size_pretty(pg_total_relation_size(relid)), n_live_tup, n_dead_tup
                    from pg_stat_user_tables
                    order by pg_total_relation_size(relid) desc
                    limit 5
                    """)) {
                while (rows.next()) {
                    figures.add(Result.Figure.of(
                            "  " + rows.getString(1) + ": size, rows, dead rows",
                            rows.getString(2) + ", " + rows.getString(3) + ", " + rows.getString(4)));
                }
            }
        } catch (SQLException e) {
            throw new LocalRunException("the tables cannot be measured: " + e.getMessage(), e);
        }
    }

    private List<Chart> charts() {
        List<Chart> charts = new ArrayList<>();
        charts.add(lines("heap", "Heap right after a collection", "MiB", sample -> sample.heapBytes() / MIB));
        charts.add(lines("resident", "Resident memory", "MiB", sample -> sample.residentBytes() / MIB));
        charts.add(lines("threads", "Threads", "threads", Sample::threads));
        charts.add(lines("files", "Open files", "files", Sample::files));
        return charts;
    }

    private Chart lines(String name, String title, String unit, ToDoubleFunction<Sample> value) {
        Map<String, List<double[]>> series = new LinkedHashMap<>();
        samples.forEach((service, taken) -> series.put(
                service,
                taken.stream()
                        .map(sample -> new double[] {sample.seconds(), value.applyAsDouble(sample)})
                        .toList()));
        return new Chart.Lines(name, title, unit, series);
    }
}
