package io.realmwright.chaos;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.EmbeddedDatabase.Database;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Ports;
import io.realmwright.processes.Progress;
import io.realmwright.processes.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What is tormented: two replicas, two agents of two machines each, their links, and the database. */
final class Subjects implements AutoCloseable {
    static final String POLICY_NAME = "chaos";
    private static final String PROFILE = "rmm-2.0+kvm-rmi-v14";
    private static final List<Database> AGENT_DATABASES = List.of(Database.of("agent_0"), Database.of("agent_1"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Processes that are killed and started over and over begin sooner with the simpler compiler. */
    private static final List<String> JAVA_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

    private final Cluster cluster;
    private final List<ServiceProcess> policies = new ArrayList<>();
    private final List<ServiceProcess> agents = new ArrayList<>();
    private final List<Link> databaseLinks = new ArrayList<>();
    private final List<Link> agentLinks = new ArrayList<>();
    private final Map<String, Machine> machines = new HashMap<>();

    private Subjects(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * A machine and what it has when it has no realms.
     *
     * @param api of its agent, past every link
     */
    record Machine(String name, Api api, long granules) {
        JsonNode describe() {
            return api.get("/v1/machines/" + name);
        }
    }

    static Subjects start(Options options, Progress progress) {
        progress.say("starting PostgreSQL, two replicas of deployer-policy and two host-agents");
        var subjects = new Subjects(Cluster.start(
                options.home(),
                options.home().resolve(".realmwright-chaos"),
                List.of(Cluster.POLICY_DATABASE, AGENT_DATABASES.getFirst(), AGENT_DATABASES.getLast())));
        try {
            subjects.startAll(options);
            return subjects;
        } catch (RuntimeException e) {
            subjects.close();
            throw e;
        }
    }

    private void startAll(Options options) {
        for (int i = 0; i < 2; i++) {
            String name = "policy-" + i;
            List<String> settings = policySettings(linkToDatabase(Cluster.POLICY_DATABASE));
            boolean isOld = i == 0 && options.previous().isPresent();
            policies.add(
                    isOld
                            ? cluster.startPolicy(name, options.previous().get(), Ports.free(), JAVA_OPTIONS, settings)
                            : cluster.startPolicy(name, Ports.free(), JAVA_OPTIONS, settings));
        }
        for (int i = 0; i < 2; i++) {
            List<MachinePlan> plans = List.of(
                    new MachinePlan("m" + 2 * i, PROFILE, "2GB", 2L * i + 1),
                    new MachinePlan("m" + (2 * i + 1), PROFILE, "2GB", 2L * i + 2));
            ServiceProcess agent = cluster.startAgent(
                    "agent-" + i, Ports.free(), plans, JAVA_OPTIONS, linkToDatabase(AGENT_DATABASES.get(i)));
            agents.add(agent);
            Link link = opened(Link.to(agent.url().getPort()));
            agentLinks.add(link);
            plans.forEach(plan -> register(plan.name(), agent, link));
        }
        publishPolicy();
    }

    private List<String> linkToDatabase(Database database) {
        Link link = opened(Link.to(cluster.database().port()));
        databaseLinks.add(link);
        return cluster.database().settingsFor(database, link.port());
    }

    private Link opened(Link link) {
        cluster.endLater(link::close);
        return link;
    }

    private static List<String> policySettings(List<String> database) {
        return Stream.concat(
                        database.stream(),
                        Stream.of(
                                "--spring.datasource.hikari.connection-timeout=2000",
                                "--realmwright.host.launch-timeout=PT10S",
                                "--realmwright.host.read-timeout=PT2S"))
                .toList();
    }

    private void register(String machine, ServiceProcess agent, Link link) {
        var api = new Api(agent.url());
        machines.put(
                machine,
                new Machine(
                        machine,
                        api,
                        api.get("/v1/machines/" + machine).path("freeGranules").asLong()));
        new Api(policies.getLast().url())
                .put(
                        "/v1/hosts/" + machine,
                        Map.of(
                                "agentUrl",
                                "http://127.0.0.1:" + link.port(),
                                "machine",
                                machine,
                                "agentName",
                                agent.name()));
    }

    private void publishPolicy() {
        var effect = Map.of(
                "kind", "ALLOW",
                "ripasMode", Map.of("kind", "HOST_ALL_MEMSLOTS"),
                "verdict", Map.of("kind", "ACCEPT"));
        var policy = Map.of(
                "name",
                POLICY_NAME,
                "description",
                "Everything is allowed.",
                "rules",
                List.of(Map.of("name", "all", "when", "true", "effect", effect)));
        var api = new Api(policies.getLast().url());
        String etag = api.post("/v1/policies", policy).etag();
        api.post("/v1/policies/" + POLICY_NAME + "/revisions/1/publish", Map.of(), etag);
    }

    List<ServiceProcess> policies() {
        return policies;
    }

    List<ServiceProcess> agents() {
        return agents;
    }

    List<Link> databaseLinks() {
        return databaseLinks;
    }

    List<Link> agentLinks() {
        return agentLinks;
    }

    List<Machine> machines() {
        return List.copyOf(machines.values());
    }

    Cluster cluster() {
        return cluster;
    }

    /** The API of a replica, past every link. */
    Api policyApi(int number) {
        return new Api(policies.get(number % policies.size()).url());
    }

    /** Ends all trouble with links, and waits until every service answers. */
    void awaitHealth() {
        Stream.concat(databaseLinks.stream(), agentLinks.stream())
                .forEach(link -> link.become(new Link.Weather.Fair()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<ServiceProcess> all =
                Stream.concat(policies.stream(), agents.stream()).toList();
        while (!all.stream().allMatch(service -> new Api(service.url()).isHealthy())) {
            if (System.nanoTime() > deadline) {
                throw new LocalRunException("not every service answers again: see the logs in " + cluster.directory());
            }
            Api.pause(Duration.ofMillis(50));
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
