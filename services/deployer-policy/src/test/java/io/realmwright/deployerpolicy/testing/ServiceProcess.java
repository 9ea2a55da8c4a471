package io.realmwright.deployerpolicy.testing;

import static org.awaitility.Awaitility.await;

import io.realmwright.deployerpolicy.DeployerPolicyApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** The service in a process of its own, which can be killed without being asked. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port ([0-9]+)");

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static ServiceProcess start(Path log, String... settings) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                DeployerPolicyApplication.class.getName(),
                "--server.port=0"));
        command.addAll(List.of(settings));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServiceProcess(process, log);
    }

    /** Where it listens, once it does. */
    public int port() {
        return await("the service's port")
                .atMost(PATIENCE)
                .failFast(this::failure)
                .until(this::portInLog, port -> port > 0);
    }

    private int portInLog() throws IOException {
        Matcher started = STARTED.matcher(log());
        return started.find() ? Integer.parseInt(started.group(1)) : 0;
    }

    /** A client of the service, once it answers. */
    public Client client() {
        return once(new Client(port()));
    }

    /** The same of a service that speaks TLS. */
    public Client client(SSLContext tls) {
        return once(new Client(port(), tls));
    }

    private Client once(Client client) {
        await("the service")
                .atMost(PATIENCE)
                .failFast(this::failure)
                .ignoreExceptions()
                .until(() -> client.get("/actuator/health").status() == 200);
        return client;
    }

    private void failure() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("the service ended:\n" + log());
        }
    }

    /** What it has said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** How the process ended, and what it said. */
    public String awaitEnd() throws IOException, InterruptedException {
        int status = process.waitFor();
        return "exit " + status + "\n" + log();
    }

    /** Ends the process as a power cut would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
