package io.realmwright.local;

import io.realmwright.local.EmbeddedDatabase.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that runs: PostgreSQL and both services. Closing it ends all of them, in the opposite order. */
final class LocalRun implements AutoCloseable {
    /** The machines of the one agent, a host each. */
    private static final List<String> MACHINES = List.of(
            "--realmwright.agent.machines[0].name=v14",
            "--realmwright.agent.machines[0].profile=rmm-2.0+kvm-rmi-v14",
            "--realmwright.agent.machines[0].dram=64GB",
            "--realmwright.agent.machines[0].seed=1",
            "--realmwright.agent.machines[1].name=init-ripas",
            "--realmwright.agent.machines[1].profile=rmm-2.0+kvm-rmi-init-ripas",
            "--realmwright.agent.machines[1].dram=64GB",
            "--realmwright.agent.machines[1].seed=2",
            "--realmwright.agent.machines[2].name=v10",
            "--realmwright.agent.machines[2].profile=rmm-1.0+kvm-rme-v10",
            "--realmwright.agent.machines[2].dram=64GB",
            "--realmwright.agent.machines[2].seed=3");

    static final String AGENT_NAME = "local-agent";

    /** Its service may add to the audit trail and change nothing there, so it cannot own the tables. */
    private static final Database POLICY_DATABASE =
            new Database("deployer_policy", "deployer_policy_owner", "deployer_policy");

    private static final Database AGENT_DATABASE = new Database("host_agent", "host_agent", "host_agent");

    /** By which {@code ./realmwright down} finds this process. */
    private static final String PID_FILE = "up.pid";

    private static final String GRANT_KEY = "grant-key.jwk";
    private static final String GRANT_KEYS = "grant-keys.jwks";

    /** How to end what has been started, the latest first. */
    private final Deque<Runnable> running = new ArrayDeque<>();

    private final Path directory;
    private URI policyUrl = URI.create("http://127.0.0.1");
    private URI agentUrl = URI.create("http://127.0.0.1");
    private @Nullable EmbeddedDatabase database;

    private LocalRun(Path directory) {
        this.directory = directory;
    }

    /** Starts everything and waits until it answers; ends what it has started if something does not. */
    static LocalRun start(Options options, Progress progress) {
        var run = new LocalRun(options.home().resolve(".realmwright"));
        try {
            run.startAll(options, progress);
            return run;
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private void startAll(Options options, Progress progress) {
        int policyPort = freePort(options.policyPort(), "--policy-port");
        int agentPort = freePort(options.agentPort(), "--agent-port");
        prepareDirectory();
        progress.say("starting PostgreSQL");
        EmbeddedDatabase started =
                EmbeddedDatabase.start(directory.resolve("postgres"), List.of(POLICY_DATABASE, AGENT_DATABASE));
        database = started;
        running.push(started::close);

        progress.say("starting deployer-policy on port " + policyPort);
        ServiceProcess policy = ServiceProcess.start(
                "deployer-policy",
                options.home().resolve("services/deployer-policy/target/deployer-policy.jar"),
                policyPort,
                directory,
                Stream.of(
                                started.settingsFor(POLICY_DATABASE),
                                List.of(
                                        "--realmwright.grant.key-file=" + directory.resolve(GRANT_KEY),
                                        "--realmwright.grant.create-key=true"))
                        .flatMap(List::stream)
                        .toList());
        running.push(policy::close);
        policy.awaitHealthy();
        policyUrl = policy.url();

        progress.say("starting host-agent with three machines on port " + agentPort);
        ServiceProcess agent = ServiceProcess.start(
                "host-agent",
                options.home().resolve("services/host-agent/target/host-agent.jar"),
                agentPort,
                directory,
                Stream.of(
                                started.settingsFor(AGENT_DATABASE),
                                MACHINES,
                                List.of(
                                        "--realmwright.agent.host-name=" + AGENT_NAME,
                                        "--realmwright.agent.grant-keys=" + writeGrantKeys()))
                        .flatMap(List::stream)
                        .toList());
        running.push(agent::close);
        agent.awaitHealthy();
        agentUrl = agent.url();
    }

    /** Hands the public keys of deployer-policy to the agent, which reads them from a file and never calls out. */
    private Path writeGrantKeys() {
        Path file = directory.resolve(GRANT_KEYS);
        try {
            return Files.writeString(file, new Api(policyUrl).get("/v1/keys").toString());
        } catch (IOException e) {
            throw new LocalRunException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** A connection to deployer-policy's database as the server's superuser. */
    Connection policyDatabase() throws SQLException {
        return Objects.requireNonNull(database).connect(POLICY_DATABASE);
    }

    URI policyUrl() {
        return policyUrl;
    }

    URI agentUrl() {
        return agentUrl;
    }

    Path logs() {
        return directory;
    }

    /** Ends everything and leaves nothing but the logs. */
    @Override
    public void close() {
        LocalRunException failure = null;
        while (!running.isEmpty()) {
            try {
                running.pop().run();
            } catch (LocalRunException e) {
                failure = e;
            }
        }
        try {
            for (String name : List.of(PID_FILE, GRANT_KEY, GRANT_KEYS)) {
                Files.deleteIfExists(directory.resolve(name));
            }
        } catch (IOException e) {
            throw new LocalRunException("cannot clean " + directory + ": " + e.getMessage(), e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void prepareDirectory() {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> old = Files.walk(directory)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve(PID_FILE),
                    Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new LocalRunException("cannot prepare " + directory + ": " + e.getMessage(), e);
        }
    }

    private static int freePort(int wanted, String option) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalRunException(
                    "port " + wanted + " is taken: stop what listens there, or choose another with " + option, e);
        }
    }
}
