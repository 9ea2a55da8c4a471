package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Requests to a deployer-policy that keeps a large fleet: mostly pages of realms, some filtered, some pages of hosts; one
 * in twenty-five is a wish that makes an event. They are sent at a steady rate, whether or not earlier ones were answered,
 * and an answer's time counts from when its request was due.
 */
final class ListLoad {
    private static final int IN_FLIGHT_MAX = 256;
    private static final int ONE_IN_WISHES = 25;

    private final Api api;
    private final int realms;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    /**
     * A load that has not begun.
     *
     * @param realms how many there are by the name of {@code kept-NUMBER}
     */
    ListLoad(ServiceProcess policy, int realms) {
        this.api = new Api(policy.url());
        this.realms = realms;
    }

    /**
     * What came of a load.
     *
     * @param perSecond lists that were answered in a second
     * @param failed requests that got another answer than 200, or none
     */
    record Came(double perSecond, int failed, Latencies lists) {}

    Came run(int requestsPerSecond, Duration length) {
        var lists = new Latencies();
        var failed = new AtomicInteger();
        var inFlight = new Semaphore(IN_FLIGHT_MAX);
        long start = System.nanoTime();
        long count = length.toSeconds() * requestsPerSecond;
        for (int i = 0; i < count; i++) {
            long due = start + i * (1_000_000_000L / requestsPerSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Request request = request(i);
            inFlight.acquireUninterruptibly();
            Thread.startVirtualThread(() -> {
                try {
                    ask(request, due, lists, failed);
                } finally {
                    inFlight.release();
                }
            });
        }
        inFlight.acquireUninterruptibly(IN_FLIGHT_MAX);
        return new Came(lists.count() / ((System.nanoTime() - start) / 1e9), failed.get(), lists);
    }

    private record Request(String method, String path) {}

    private Request request(int number) {
        if (number % ONE_IN_WISHES == 0) {
            return new Request("POST", "/v1/hosts/a0-m0/" + (number / ONE_IN_WISHES % 2 == 0 ? "cordon" : "uncordon"));
        }
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("kept-%07d".formatted(random.nextInt(realms)).getBytes(StandardCharsets.UTF_8));
        return new Request(
                "GET",
                switch (number % 5) {
                    case 0 -> "/v1/realms?pageSize=20&label=team%3Dteam-" + random.nextInt(100);
                    case 1 -> "/v1/hosts?pageSize=20";
                    default -> "/v1/realms?pageSize=20&pageToken=" + token;
                });
    }

    private void ask(Request request, long due, Latencies lists, AtomicInteger failed) {
        try {
            if (api.status(request.method(), request.path()) != 200) {
                failed.incrementAndGet();
            } else if (request.method().equals("GET")) {
                lists.add(System.nanoTime() - due);
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }
}
