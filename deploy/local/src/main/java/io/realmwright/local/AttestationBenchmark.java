package io.realmwright.local;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./realmwright bench attestation}: how many tokens a second running realms make, and how many are made, appraised
 * and put on record. Everything runs on this machine and its processors: services, PostgreSQL and whoever asks.
 */
public final class AttestationBenchmark {
    private static final String USAGE = """
            Usage: ./realmwright bench attestation [SECONDS]

            Launches the example realms, then has the booted ones make tokens, which are appraised, for SECONDS (20)
            each. The machines are simulated, and the figures measured.""";

    private static final int CLIENTS = 8;
    private static final int CHALLENGE_BYTES = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int FAILED = 1;

    private final Api policyService;
    private final Api agent;
    private final List<Attester> attesters;

    /** A realm whose guest answers challenges. */
    private record Attester(String name, String machine, String agentRealm) {}

    private AttestationBenchmark(LocalRun run) {
        this.policyService = new Api(run.policyUrl());
        this.agent = new Api(run.agentUrl());
        this.attesters = StreamSupport.stream(
                        policyService
                                .get("/v1/realms?pageSize=500")
                                .path("realms")
                                .spliterator(),
                        false)
                .filter(AttestationBenchmark::attests)
                .map(realm -> new Attester(
                        realm.path("name").asString(),
                        realm.path("status").path("host").asString(),
                        realm.path("status").path("agentRealm").asString()))
                .toList();
    }

    private static boolean attests(JsonNode realm) {
        boolean booted =
                realm.path("status").path("outcome").path("kind").asString("").equals("BOOTED");
        String guest = realm.path("spec").path("guest").path("profile").asString();
        return booted && !guest.equals("UNAWARE");
    }

    /** Exits with 0 if it could measure. */
    public static void main(String... arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            Duration length = length(arguments);
            var progress = new Progress(System.out);
            Path home = Path.of("").toAbsolutePath();
            try (LocalRun run = LocalRun.start(new Options(home, 0, 0, true), progress)) {
                MainJob.over(run, home, progress).run();
                System.out.print(new AttestationBenchmark(run).measure(length, progress));
            }
        } catch (LocalRunException e) {
            System.err.println("realmwright: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static Duration length(String... arguments) {
        if (arguments.length == 0) {
            return Duration.ofSeconds(20);
        }
        if (arguments.length > 1 || !arguments[0].matches("[1-9]\\d{0,3}")) {
            throw new LocalRunException(
                    "not 1 to 9999 seconds: " + String.join(" ", arguments) + "\n\n" + USAGE);
        }
        return Duration.ofSeconds(Integer.parseInt(arguments[0]));
    }

    /** One kind of request, made by all clients over and over. */
    @FunctionalInterface
    private interface Request {
        void on(Attester realm);
    }

    private String measure(Duration length, Progress progress) {
        progress.say("warming up");
        run(this::makeToken, WARM_UP);
        run(this::attest, WARM_UP);
        progress.say("measuring for " + length.toSeconds() + " s each");
        String tokens = figure("tokens made by host-agent", run(this::makeToken, length), length);
        String attestations =
                figure("tokens made, appraised and put on record", run(this::attest, length), length);
        return "%nattestation: measured with %d clients on %d processors; %d realms on three simulated machines%n%s%s"
                .formatted(CLIENTS, Runtime.getRuntime().availableProcessors(), attesters.size(), tokens, attestations);
    }

    private static String figure(String name, long[] nanos, Duration length) {
        Arrays.sort(nanos);
        return "  %-42s %7.1f/s   p50 / p95 / p99  %.1f / %.1f / %.1f ms%n"
                .formatted(
                        name,
                        nanos.length / (double) length.toSeconds(),
                        millis(nanos, 50),
                        millis(nanos, 95),
                        millis(nanos, 99));
    }

    private static double millis(long[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1] / 1e6;
    }

    /** Answers how long each request took, in nanoseconds. */
    private long[] run(Request request, Duration length) {
        if (attesters.isEmpty()) {
            throw new LocalRunException("no realm has booted");
        }
        var took = new ConcurrentLinkedQueue<Long>();
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
                            took.add(System.nanoTime() - start);
                        }
                    } catch (RuntimeException e) {
                        failure.add(e);
                    }
                }))
                .toList();
        clients.forEach(AttestationBenchmark::join);
        if (!failure.isEmpty()) {
            throw new LocalRunException("a request failed: " + failure.peek().getMessage(), failure.peek());
        }
        return took.stream().mapToLong(Long::longValue).toArray();
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
        JsonNode attestation = policyService
                .post("/v1/realms/" + realm.name() + "/attestations", Map.of())
                .body();
        if (!attestation.path("attested").asBoolean()) {
            throw new LocalRunException("realm " + realm.name() + " is not attested: " + attestation.path("appraisal"));
        }
    }
}
