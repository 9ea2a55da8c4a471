package io.realmwright.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the services as a child process with a log file of its own. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final int LOG_TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;
    private final URI url;

    private ServiceProcess(String name, Process process, Path log, URI url) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /** Starts the service's jar; it does not wait until the service answers. */
    static ServiceProcess start(String name, Path jar, int port, Path logs, List<String> settings) {
        if (!Files.isRegularFile(jar)) {
            throw new LocalRunException("there is no " + jar + ": build it with mvn -DskipTests package");
        }
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port));
        command.addAll(settings);
        try {
            Path log = logs.resolve(name + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            return new ServiceProcess(name, process, log, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new LocalRunException(name + " does not start: " + e.getMessage(), e);
        }
    }

    /** Waits until the service says that it is healthy. */
    ServiceProcess awaitHealthy() {
        var api = new Api(url);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new LocalRunException(name + " ended while it started:\n" + logTail());
            }
            if (api.isHealthy()) {
                return this;
            }
            Api.pause(Duration.ofMillis(100));
        }
        throw new LocalRunException(name + " does not answer after " + START_TIMEOUT.toSeconds() + " s:\n" + logTail());
    }

    URI url() {
        return url;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
