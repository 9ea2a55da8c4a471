package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Realms that come and go at a steady rate, each watched from its creation to its end. */
final class SoakLoad {
    private static final int AT_ONCE_MAX = 400;
    private static final int PATIENCE_SECONDS = 60;
    private static final int FAILURES_TOLD = 10;

    private final Api api;
    private final int rate;
    private final Map<String, CountDownLatch> booted = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gone = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(AT_ONCE_MAX);
    private final AtomicInteger names = new AtomicInteger();
    private final Latencies latencies = new Latencies();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    SoakLoad(ServiceProcess policy, int rate) {
        this.api = new Api(policy.url());
        this.rate = rate;
    }

    /** What the stream of events tells. */
    void happened(JsonNode event) {
        String name = event.path("name").asString("");
        if (event.path("reason").asString("").equals("BOOTED")) {
            count(booted.get(name));
        }
        if (event.path("change").asString("").equals("DELETED")) {
            count(gone.get(name));
        }
    }

    private static void count(@org.jspecify.annotations.Nullable CountDownLatch latch) {
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Begins realms for so long; the last of them may still be on their way when it returns. */
    void run(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        for (long next = System.nanoTime(); System.nanoTime() < end; next += pauseNanos) {
            Api.pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            room.acquireUninterruptibly();
            Thread.startVirtualThread(() -> {
                try {
                    liveThrough("soak-" + names.incrementAndGet());
                } finally {
                    room.release();
                }
            });
        }
    }

    /** Waits until every realm that was begun is through. */
    void finish() {
        room.acquireUninterruptibly(AT_ONCE_MAX);
        room.release(AT_ONCE_MAX);
    }

    private void liveThrough(String name) {
        var boots = new CountDownLatch(1);
        var goes = new CountDownLatch(1);
        booted.put(name, boots);
        gone.put(name, goes);
        try {
            long start = System.nanoTime();
            demand("POST", "/v1/realms", 202, JsonMapper.shared().writeValueAsString(BenchRealm.named(name)));
            if (!boots.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                failures.add(name + " did not boot");
                return;
            }
            latencies.add(System.nanoTime() - start);
            demand("GET", "/v1/realms/" + name, 200, "");
            demand("GET", "/v1/realms/" + name + "/placement", 200, "");
            demand("GET", "/v1/realms?pageSize=20&label=team=bench", 200, "");
            demand("DELETE", "/v1/realms/" + name, 202, "");
            if (!goes.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                failures.add(name + " did not go");
            }
        } catch (IOException e) {
            failures.add(name + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            booted.remove(name);
            gone.remove(name);
        }
    }

    private void demand(String method, String path, int status, String body) throws IOException {
        var answer = api.send(method, path, body);
        if (answer.status() != status) {
            throw new IOException(method + " " + path + " answered " + answer.status() + ": " + answer.body());
        }
    }

    Latencies latencies() {
        return latencies;
    }

    int begun() {
        return names.get();
    }

    int failed() {
        return failures.size();
    }

    /** Some of what went wrong, for people. */
    String failures() {
        return String.join("\n    ", failures.stream().limit(FAILURES_TOLD).toList());
    }
}
