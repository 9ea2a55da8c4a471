package io.realmwright.processes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the services as a child process with a log file of its own. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final int LOG_TAIL_LINES = 15;

    private final String name;
    private final List<String> command;
    private final Path log;
    private final URI url;
    private Process process;

    private ServiceProcess(String name, List<String> command, Path log, URI url) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = log;
        this.url = url;
        this.process = run();
    }

    /** Starts the service's jar; it does not wait until the service answers. */
    public static ServiceProcess start(String name, Path jar, int port, Path logs, List<String> settings) {
        return start(name, List.of("-XX:+UseSerialGC"), jar, port, logs, settings);
    }

    /** As above, with options of the Java machine. */
    public static ServiceProcess start(
            String name, List<String> javaOptions, Path jar, int port, Path logs, List<String> settings) {
        if (!Files.isRegularFile(jar)) {
            throw new LocalRunException("there is no " + jar + ": build it with mvn -DskipTests package");
        }
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString(), "--server.address=127.0.0.1", "--server.port=" + port));
        command.addAll(settings);
        return new ServiceProcess(name, command, logs.resolve(name + ".log"), URI.create("http://127.0.0.1:" + port));
    }

    private Process run() {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new LocalRunException(name + " does not start: " + e.getMessage(), e);
        }
    }

    /** Ends the process as a power cut would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts the same service again, after it was killed. */
    public void restart() {
        process = run();
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    /** What the process takes of the machine's memory now, in bytes; Linux only. */
    public long residentBytes() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new LocalRunException("the memory of " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Waits until the service says that it is healthy. */
    public ServiceProcess awaitHealthy() {
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

    public URI url() {
        return url;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String logTail() {
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
