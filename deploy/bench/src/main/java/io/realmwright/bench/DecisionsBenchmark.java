package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.ServiceProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How long dry runs take, and the impact of a draft on many requests. Both are measured through REST, with everything
 * else on the same processors.
 */
final class DecisionsBenchmark implements Benchmark {
    private static final int WARM_UP = 100;
    private static final int SAMPLES = 300;
    private static final int REQUESTS = 100_000;
    private static final int GOAL_MILLIS = 50;
    private static final int GOAL_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One memslot of 1 TiB, described by blocks; the image is measured. */
    private static final Map<String, Object> ONE_TEBIBYTE = Map.of(
            "memslots",
            List.of(Map.of("base", "0x10000000000", "size", "0x10000000000")),
            "ipaBits",
            48,
            "images",
            List.of(Map.of("generated", Map.of("seed", 7, "size", "0x10000"), "ipa", "0x10000000000")),
            "guest",
            Map.of("profile", "LINUX_EARLY_RSI"));

    @Override
    public String name() {
        return "decisions";
    }

    @Override
    public String summary() {
        return "dry runs of a realm of 1 TiB, and the impact of a draft on 100,000 recorded requests";
    }

    @Override
    public Result run(Setting setting) {
        try (var services = ThreeProfiles.start(setting, name())) {
            return measure(setting, services);
        }
    }

    private static Result measure(Setting setting, ThreeProfiles services) {
        Api api = services.policy();
        ThreeProfiles.MACHINES.forEach(machine -> register(api, machine.name(), services.agent()));
        publish(api, policy("realm.vcpus > 64"));
        setting.progress().say("decisions: dry runs, one after another");
        List<Result.Figure> figures = new ArrayList<>();
        for (MachinePlan machine : ThreeProfiles.MACHINES) {
            figures.add(dryRuns(api, "on " + machine.name(), Map.of("host", machine.name())));
        }
        figures.add(dryRuns(api, "on all three", Map.of()));
        figures.addAll(impact(setting, services));
        return new Result(figures, List.of());
    }

    private static void register(Api api, String host, ServiceProcess agent) {
        api.put(
                "/v1/hosts/" + host,
                Map.of(
                        "agentUrl", agent.url().toString(),
                        "machine", host,
                        "agentName", agent.name(),
                        "labels", Map.of("host", host)));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!api.get("/v1/hosts/" + host).path("status").asString().equals("READY")) {
            if (System.nanoTime() > deadline) {
                throw new LocalRunException("host " + host + " does not become ready");
            }
            Api.pause(Duration.ofMillis(50));
        }
    }

    /** Five rules, of which the last one allows. */
    private static List<Map<String, Object>> policy(String tooLarge) {
        return List.of(
                rule("too-large", tooLarge, Map.of("kind", "DENY", "message", "too many vCPUs")),
                rule("unnamed", "realm.name == ''", Map.of("kind", "DENY", "message", "it has no name")),
                rule(
                        "banned",
                        "has(labels.team) && labels.team in ['eve', 'mallory']",
                        Map.of("kind", "DENY", "message", "not you")),
                rule(
                        "programs",
                        "guest.kind == 'PROGRAM' && !guest.steps.exists(s, s == 'DECLARE_RAM')",
                        Map.of("kind", "DENY", "message", "it never declares its RAM")),
                rule(
                        "rest",
                        "true",
                        Map.of(
                                "kind", "ALLOW",
                                "ripasMode", Map.of("kind", "HOST_ALL_MEMSLOTS"),
                                "verdict", Map.of("kind", "ACCEPT"))));
    }

    private static Map<String, Object> rule(String name, String when, Map<String, Object> effect) {
        return Map.of("name", name, "when", when, "effect", effect);
    }

    private static void publish(Api api, List<Map<String, Object>> rules) {
        String etag = api.post("/v1/policies", Map.of("name", "bench", "rules", rules))
                .etag();
        api.post("/v1/policies/bench/revisions/1/publish", Map.of(), etag);
    }

    private static Result.Figure dryRuns(Api api, String hosts, Map<String, String> hostSelector) {
        Map<String, Object> question =
                Map.of("name", "large", "policy", "bench", "spec", ONE_TEBIBYTE, "hostSelector", hostSelector);
        var latencies = new Latencies();
        for (int i = 0; i < WARM_UP + SAMPLES; i++) {
            long start = System.nanoTime();
            JsonNode answer = api.post("/v1/realms?dryRun=true", question).body();
            if (i >= WARM_UP) {
                latencies.add(System.nanoTime() - start);
            }
            demandForecast(answer);
        }
        return new Result.Figure(
                "dry run of a realm of 1 TiB " + hosts + ", p50 / p95 / p99",
                latencies.summary(),
                "p95 at most " + GOAL_MILLIS + " ms",
                latencies.millis(95) <= GOAL_MILLIS);
    }

    private static void demandForecast(JsonNode answer) {
        for (JsonNode host : answer.path("decision").path("hosts")) {
            String outcome = host.path("forecast").path("outcome").path("kind").asString();
            if (!outcome.equals("BOOTED")) {
                throw new LocalRunException("the dry run forecasts " + outcome + ": " + host);
            }
        }
    }

    private static List<Result.Figure> impact(Setting setting, ThreeProfiles services) {
        Api api = services.policy();
        int requests = (int) (REQUESTS * setting.scale());
        setting.progress().say("decisions: recording " + requests + " requests of 1 to 4 vCPUs");
        api.put("/v1/policies/bench", Map.of("rules", policy("realm.vcpus > 3")), "\"2\"");
        record(services, requests);
        List<Result.Figure> figures = new ArrayList<>();
        for (String round : List.of("first", "again")) {
            setting.progress().say("decisions: the impact of a draft, " + round);
            long start = System.nanoTime();
            api.lines(
                    "/v1/policies/bench/impact",
                    Map.of(
                            "revision", 2,
                            "of", "REQUESTS",
                            "from", "2000-01-01T00:00:00Z",
                            "until", "2100-01-01T00:00:00Z"),
                    line -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            figures.add(new Result.Figure(
                    "impact on " + requests + " requests, " + round,
                    "%.1f s".formatted(seconds),
                    "at most %.0f s".formatted(GOAL_SECONDS * setting.scale()),
                    seconds <= GOAL_SECONDS * setting.scale()));
        }
        return figures;
    }

    /** Copies of a decision that was made, with other ids and numbers of vCPUs: deciding so many would take too long. */
    private static void record(ThreeProfiles services, int requests) {
        services.policy()
                .post(
                        "/v1/decisions",
                        Map.of(
                                "name", "small",
                                "policy", "bench",
                                "labels", Map.of("team", "ada"),
                                "hostSelector", Map.of("host", "v14"),
                                "spec",
                                        Map.of(
                                                "memslots", List.of(Map.of("base", "0x80000000", "size", "0x10000000")),
                                                "images",
                                                        List.of(Map.of(
                                                                "generated",
                                                                Map.of("seed", 7, "size", "0x10000"),
                                                                "ipa",
                                                                "0x80000000")),
                                                "guest", Map.of("profile", "LINUX_EARLY_RSI"))));
        try (Connection connection = DriverManager.getConnection(services.policyDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into decision (id, realm_name, verdict, policy, revision, basis, document, created_at)
                    select gen_random_uuid(), realm_name, verdict, policy, revision, basis,
                           jsonb_set(document, '{request,spec,vcpus}', to_jsonb(1 + number %% 4)), created_at
                    from decision, generate_series(2, %d) as number
                    """.formatted(requests));
            statement.execute("analyze decision");
        } catch (SQLException e) {
            throw new LocalRunException("the requests cannot be recorded: " + e.getMessage(), e);
        }
    }
}
