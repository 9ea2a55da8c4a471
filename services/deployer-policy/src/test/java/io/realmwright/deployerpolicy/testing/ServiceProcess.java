package io.realmwright.deployerpolicy.testing;

import static org.awaitility.Awaitility.await;

import io.realmwright.deployerpolicy.DeployerPolicyApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The service in a process of its own, which can be killed without being asked. */
public final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    public static ServiceProcess start(Path log, String... settings) throws IOException {
        int port = freePort();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                DeployerPolicyApplication.class.getName(),
                "--server.port=" + port));
        command.addAll(List.of(settings));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServiceProcess(process, port, log);
    }

    public int port() {
        return port;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A client of the service, once it answers. */
    public Client client() {
        var client = new Client(port);
        await("the service").atMost(Duration.ofMinutes(5)).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the service did not start:\n" + Files.readString(log));
            }
            return client.get("/actuator/health").status() == 200;
        });
        return client;
    }

    /** How the process ended, and what it said. */
    public String awaitEnd() throws IOException, InterruptedException {
        int status = process.waitFor();
        return "exit " + status + "\n" + Files.readString(log);
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
