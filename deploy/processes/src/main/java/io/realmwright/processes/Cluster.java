package io.realmwright.processes;

import io.realmwright.processes.EmbeddedDatabase.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL and any number of services on this machine. Closing it ends all of them, the latest first. */
public final class Cluster implements AutoCloseable {
    /** Its service may add to the audit trail and change nothing there, so it cannot own the tables. */
    public static final Database POLICY_DATABASE =
            new Database("deployer_policy", "deployer_policy_owner", "deployer_policy");

    public static final Database AGENT_DATABASE = Database.of("host_agent");

    private static final String GRANT_KEY = "grant-key.jwk";
    private static final String GRANT_KEYS = "grant-keys.jwks";
    private static final String PLATFORMS = "platforms.json";

    private final Path home;
    private final Path directory;
    private final EmbeddedDatabase database;

    /** How to end what has been started, the latest first. */
    private final Deque<Runnable> running = new ConcurrentLinkedDeque<>();

    private Cluster(Path home, Path directory, EmbeddedDatabase database) {
        this.home = home;
        this.directory = directory;
        this.database = database;
        running.push(database::close);
        // Whoever interrupts a long run must not be left with its processes.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-cluster"));
    }

    /**
     * Starts PostgreSQL.
     *
     * @param home the project's directory, where the services' jars are
     * @param directory for databases, keys and logs; what was in it is deleted
     * @param databases to begin with
     */
    public static Cluster start(Path home, Path directory, List<Database> databases) {
        prepare(directory);
        return new Cluster(home, directory, EmbeddedDatabase.start(directory.resolve("postgres"), databases));
    }

    private static void prepare(Path directory) {
        try {
            Trees.delete(directory);
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new LocalRunException("cannot prepare " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A simulated machine of an agent. */
    public record MachinePlan(String name, String profile, String dram, long seed) {
        static List<String> settings(List<MachinePlan> machines) {
            List<String> settings = new ArrayList<>();
            for (int i = 0; i < machines.size(); i++) {
                String machine = "--realmwright.agent.machines[" + i + "].";
                settings.add(machine + "name=" + machines.get(i).name());
                settings.add(machine + "profile=" + machines.get(i).profile());
                settings.add(machine + "dram=" + machines.get(i).dram());
                settings.add(machine + "seed=" + machines.get(i).seed());
            }
            return settings;
        }
    }

    /** Starts a replica of deployer-policy and waits until it answers. */
    public ServiceProcess startPolicy(String name, int port, List<String> javaOptions, List<String> settings) {
        return startPolicy(name, jar("deployer-policy"), port, javaOptions, settings);
    }

    /** As above, from another jar, for example that of the release before. */
    public ServiceProcess startPolicy(
            String name, Path jar, int port, List<String> javaOptions, List<String> settings) {
        List<String> all = new ArrayList<>(List.of(
                "--realmwright.grant.key-file=" + directory.resolve(GRANT_KEY),
                "--realmwright.grant.create-key=true",
                "--realmwright.attestation.platform-references=" + directory.resolve(PLATFORMS)));
        all.addAll(settings);
        ServiceProcess policy = ServiceProcess.start(name, javaOptions, jar, port, directory, all);
        running.push(policy::close);
        policy.awaitHealthy();
        writeGrantKeys(policy);
        return policy;
    }

    /** Starts a host-agent, which a deployer-policy must precede, and waits until it answers. */
    public ServiceProcess startAgent(
            String name, int port, List<MachinePlan> machines, List<String> javaOptions, List<String> settings) {
        List<String> all = new ArrayList<>(MachinePlan.settings(machines));
        all.add("--realmwright.agent.host-name=" + name);
        all.add("--realmwright.agent.grant-keys=" + directory.resolve(GRANT_KEYS));
        all.addAll(settings);
        ServiceProcess agent = ServiceProcess.start(name, javaOptions, jar("host-agent"), port, directory, all);
        running.push(agent::close);
        return agent.awaitHealthy();
    }

    /** Hands the public keys of deployer-policy to the agents, which read them from a file and never call out. */
    private void writeGrantKeys(ServiceProcess policy) {
        write(GRANT_KEYS, new Api(policy.url()).get("/v1/keys").toString());
    }

    /**
     * Tells deployer-policy what it is to know of simulated platforms. A platform's maker publishes it; here the agent
     * does, and whoever starts both believes it.
     */
    public void endorse(ServiceProcess agent, List<MachinePlan> machines) {
        var api = new Api(agent.url());
        List<JsonNode> platforms = machines.stream()
                .map(machine -> api.get("/v1/machines/" + machine.name() + "/endorsement"))
                .toList();
        write(PLATFORMS, JsonMapper.shared().writeValueAsString(Map.of("platforms", platforms)));
    }

    private void write(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new LocalRunException("cannot write " + directory.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    private Path jar(String service) {
        return home.resolve("services/" + service + "/target/" + service + ".jar");
    }

    public EmbeddedDatabase database() {
        return database;
    }

    /** Where the logs are, one for each service. */
    public Path directory() {
        return directory;
    }

    /** Lets something end together with the rest, before whatever was started earlier. */
    public void endLater(Runnable end) {
        running.push(end);
    }

    /**
     * Ends everything, even if something does not end, and leaves no keys behind. One caller does it and others wait for it:
     * two at once would end the database while services still need it.
     */
    @Override
    public synchronized void close() {
        LocalRunException failure = null;
        for (Runnable end = running.poll(); end != null; end = running.poll()) {
            try {
                end.run();
            } catch (LocalRunException e) {
                failure = e;
            }
        }
        try {
            for (String name : List.of(GRANT_KEY, GRANT_KEYS, PLATFORMS)) {
                Files.deleteIfExists(directory.resolve(name));
            }
        } catch (IOException e) {
            throw new LocalRunException("cannot clean " + directory + ": " + e.getMessage(), e);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
