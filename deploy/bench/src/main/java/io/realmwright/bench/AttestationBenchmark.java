package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** How many tokens a second running realms make, and how many are made, appraised and put on record. */
final class AttestationBenchmark implements Benchmark {
    private static final int CLIENTS = 8;
    private static final int REALMS = 24;
    private static final int CHALLENGE_BYTES = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "attestation";
    }

    @Override
    public String summary() {
        return "tokens made by guests, and tokens appraised claim by claim, on simulated machines of every profile";
    }

    @Override
    public Result run(Setting setting) {
        try (var services = ThreeProfiles.start(setting, name())) {
            BenchRealm.prepare(services.policy(), services.agent(), ThreeProfiles.MACHINES);
            var policy = services.policy();
            List<Attester> attesters = IntStream.range(0, REALMS)
                    .mapToObj(number -> Attester.launched(policy, "attester-" + number))
                    .toList();
            return new Attesting(policy, new Api(services.agent().url()), attesters).measure(setting);
        }
    }

    /** A realm whose guest answers challenges. */
    private record Attester(String name, String machine, String agentRealm) {
        static Attester launched(Api policy, String name) {
            policy.post("/v1/realms", BenchRealm.named(name));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                JsonNode status = policy.get("/v1/realms/" + name).path("status");
                if (status.path("outcome").path("kind").asString("").equals("BOOTED")) {
                    return new Attester(
                            name,
                            status.path("host").asString(),
                            status.path("agentRealm").asString());
                }
                Api.pause(Duration.ofMillis(50));
            }
            throw new LocalRunException("realm " + name + " does not boot");
        }
    }

    /** Clients that ask realms in turn. */
    private record Attesting(Api policy, Api agent, List<Attester> attesters) {
        /** One kind of request, made by all clients over and over. */
        @FunctionalInterface
        private interface Request {
            void on(Attester realm);
        }

        private Result measure(Setting setting) {
            setting.progress().say("attestation: warming up");
            run(this::makeToken, WARM_UP);
            run(this::attest, WARM_UP);
            setting.progress()
                    .say("attestation: measuring for " + setting.length().toSeconds() + " s each");
            List<Result.Figure> figures = new ArrayList<>();
            figures.addAll(figures("tokens made by host-agent", run(this::makeToken, setting.length()), setting));
            figures.addAll(
                    figures("tokens made, appraised and put on record", run(this::attest, setting.length()), setting));
            return new Result(figures, List.of());
        }

        private static List<Result.Figure> figures(String name, Latencies latencies, Setting setting) {
            double perSecond = latencies.count() / (double) setting.length().toSeconds();
            return List.of(
                    Result.Figure.of(name + ", " + CLIENTS + " clients", "%.0f/s".formatted(perSecond)),
                    Result.Figure.of("  latency p50 / p95 / p99", latencies.summary()));
        }

        private Latencies run(Request request, Duration length) {
            var latencies = new Latencies();
            var failure = new ConcurrentLinkedQueue<RuntimeException>();
            var next = new AtomicInteger();
            long end = System.nanoTime() + length.toNanos();
            List<Thread> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> Thread.ofPlatform().start(() -> {
                        try {
                            while (System.nanoTime() < end && failure.isEmpty()) {
                                Attester realm = attesters.get(Math.floorMod(next.getAndIncrement(), attesters.size()));
                                long start = System.nanoTime();
                                request.on(realm);
                                latencies.add(System.nanoTime() - start);
                            }
                        } catch (RuntimeException e) {
                            failure.add(e);
                        }
                    }))
                    .toList();
            clients.forEach(Attesting::join);
            if (!failure.isEmpty()) {
                throw new LocalRunException(
                        "a request failed: " + failure.peek().getMessage(), failure.peek());
            }
            return latencies;
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalRunException("interrupted", e);
            }
        }

        private void makeToken(Attester realm) {
            byte[] challenge = new byte[CHALLENGE_BYTES];
            new SecureRandom().nextBytes(challenge);
            agent.post(
                    "/v1/machines/" + realm.machine() + "/realms/" + realm.agentRealm() + "/token",
                    Map.of("challenge", HexFormat.of().formatHex(challenge)));
        }

        private void attest(Attester realm) {
            JsonNode attestation = policy.post("/v1/realms/" + realm.name() + "/attestations", Map.of())
                    .body();
            if (!attestation.path("attested").asBoolean()) {
                throw new LocalRunException(
                        "realm " + realm.name() + " is not attested: " + attestation.path("appraisal"));
            }
        }
    }
}
