package io.realmwright.local;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./realmwright bench decisions}: how long dry runs take, and the impact of a draft on many requests. Both are
 * measured through REST, on a service of its own and with everything else on the same processors.
 */
final class DecisionsBench {
    static final String NAME = "bench";

    private static final String USAGE = "usage: ./realmwright bench decisions [--requests N]";
    private static final int WARM_UP = 100;
    private static final int SAMPLES = 300;
    private static final int REQUESTS = 100_000;
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

    private final Api api;
    private final LocalRun run;
    private final Progress progress;

    private DecisionsBench(LocalRun run, Progress progress) {
        this.api = new Api(run.policyUrl());
        this.run = run;
        this.progress = progress;
    }

    static void run(List<String> arguments) {
        int requests = requests(arguments);
        var progress = new Progress(System.out);
        var options = new Options(Path.of("").toAbsolutePath(), 0, 0, true);
        LocalRun run = LocalRun.start(options, progress);
        try {
            new DecisionsBench(run, progress).measure(requests);
        } finally {
            run.close();
        }
    }

    private static int requests(List<String> arguments) {
        if (arguments.equals(List.of("decisions"))) {
            return REQUESTS;
        }
        boolean numbered = arguments.size() == 3
                && arguments.subList(0, 2).equals(List.of("decisions", "--requests"))
                && arguments.get(2).matches("[1-9][0-9]{0,6}");
        if (!numbered) {
            throw new LocalRunException(USAGE);
        }
        return Integer.parseInt(arguments.get(2));
    }

    private void measure(int requests) {
        for (String host : MainJob.HOSTS) {
            register(host, run.agentUrl());
        }
        publish("bench", 1, policy("realm.vcpus > 64"));
        for (String host : MainJob.HOSTS) {
            dryRuns(host, Map.of("host", host));
        }
        dryRuns("all three", Map.of());
        impact(requests);
    }

    private void register(String host, URI agentUrl) {
        api.put(
                "/v1/hosts/" + host,
                Map.of(
                        "agentUrl",
                        agentUrl.toString(),
                        "machine",
                        host,
                        "agentName",
                        LocalRun.AGENT_NAME,
                        "labels",
                        Map.of("host", host)));
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

    private void publish(String name, int revision, List<Map<String, Object>> rules) {
        String etag =
                api.post("/v1/policies", Map.of("name", name, "rules", rules)).etag();
        api.post("/v1/policies/" + name + "/revisions/" + revision + "/publish", Map.of(), etag);
    }

    private void dryRuns(String hosts, Map<String, String> hostSelector) {
        Map<String, Object> question =
                Map.of("name", "large", "policy", "bench", "spec", ONE_TEBIBYTE, "hostSelector", hostSelector);
        var nanos = new ArrayList<Long>();
        for (int i = 0; i < WARM_UP + SAMPLES; i++) {
            long start = System.nanoTime();
            JsonNode answer = api.post("/v1/realms?dryRun=true", question).body();
            if (i >= WARM_UP) {
                nanos.add(System.nanoTime() - start);
            }
            demandForecast(answer);
        }
        Collections.sort(nanos);
        progress.say(
                "measured: dry run of a realm of 1 TiB on %s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms (%d one after another)"
                        .formatted(hosts, millis(nanos, 50), millis(nanos, 95), millis(nanos, 99), SAMPLES));
    }

    private static void demandForecast(JsonNode answer) {
        for (JsonNode host : answer.path("decision").path("hosts")) {
            String outcome = host.path("forecast").path("outcome").path("kind").asString();
            if (!outcome.equals("BOOTED")) {
                throw new LocalRunException("the dry run forecasts " + outcome + ": " + host);
            }
        }
    }

    private static double millis(List<Long> sorted, int percentile) {
        return sorted.get((int) Math.ceil(sorted.size() * percentile / 100.0) - 1) / 1e6;
    }

    private void impact(int requests) {
        String etag = api.put("/v1/policies/bench", Map.of("rules", policy("realm.vcpus > 3")), "\"2\"")
                .etag();
        progress.say("the draft is version " + etag + "; recording " + requests + " requests of 1 to 4 vCPUs");
        record(requests);
        long[] lines = new long[1];
        JsonNode[] last = new JsonNode[1];
        for (String round : List.of("cold", "warm")) {
            long start = System.nanoTime();
            api.lines(
                    "/v1/policies/bench/impact",
                    Map.of(
                            "revision", 2,
                            "of", "REQUESTS",
                            "from", "2000-01-01T00:00:00Z",
                            "until", "2100-01-01T00:00:00Z"),
                    line -> {
                        lines[0]++;
                        last[0] = line;
                    });
            double seconds = (System.nanoTime() - start) / 1e9;
            progress.say("measured: impact on %d requests, %s: %.2f s, %.0f requests per second, each on one host under"
                            .formatted(requests, round, seconds, requests / seconds)
                    + " two revisions; " + last[0].path("counts"));
        }
        progress.say(lines[0] + " lines were streamed");
    }

    /** Copies of a decision that was made, with other ids and numbers of vCPUs: deciding so many would take too long. */
    private void record(int requests) {
        api.post(
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
        try (Connection connection = run.policyDatabase();
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
