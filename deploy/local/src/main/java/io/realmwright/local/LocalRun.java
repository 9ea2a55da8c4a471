package io.realmwright.local;

import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Ports;
import io.realmwright.processes.Progress;
import io.realmwright.processes.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Everything that runs: PostgreSQL and both services. Closing it ends all of them, in the opposite order. */
final class LocalRun implements AutoCloseable {
    /** The machines of the one agent, a host each. */
    private static final List<MachinePlan> MACHINES = List.of(
            new MachinePlan("v14", "rmm-2.0+kvm-rmi-v14", "64GB", 1),
            new MachinePlan("init-ripas", "rmm-2.0+kvm-rmi-init-ripas", "64GB", 2),
            new MachinePlan("v10", "rmm-1.0+kvm-rme-v10", "64GB", 3));

    static final String AGENT_NAME = "local-agent";

    /** By which {@code ./realmwright down} finds this process. */
    private static final String PID_FILE = "up.pid";

    private static final List<String> JAVA_OPTIONS = List.of("-XX:+UseSerialGC");

    private final Cluster cluster;
    private final URI policyUrl;
    private final URI agentUrl;

    private LocalRun(Cluster cluster, URI policyUrl, URI agentUrl) {
        this.cluster = cluster;
        this.policyUrl = policyUrl;
        this.agentUrl = agentUrl;
    }

    /** Starts everything and waits until it answers; ends what it has started if something does not. */
    static LocalRun start(Options options, Progress progress) {
        int policyPort = freePort(options.policyPort(), "--policy-port");
        int agentPort = freePort(options.agentPort(), "--agent-port");
        progress.say("starting PostgreSQL");
        Cluster cluster = Cluster.start(
                options.home(),
                options.home().resolve(".realmwright"),
                List.of(Cluster.POLICY_DATABASE, Cluster.AGENT_DATABASE));
        try {
            writePid(cluster);
            progress.say("starting deployer-policy on port " + policyPort);
            ServiceProcess policy = cluster.startPolicy(
                    "deployer-policy",
                    policyPort,
                    JAVA_OPTIONS,
                    cluster.database().settingsFor(Cluster.POLICY_DATABASE));
            progress.say("starting host-agent with three machines on port " + agentPort);
            ServiceProcess agent = cluster.startAgent(
                    AGENT_NAME,
                    agentPort,
                    MACHINES,
                    JAVA_OPTIONS,
                    cluster.database().settingsFor(Cluster.AGENT_DATABASE));
            cluster.endorse(agent, MACHINES);
            return new LocalRun(cluster, policy.url(), agent.url());
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static void writePid(Cluster cluster) {
        Path file = cluster.directory().resolve(PID_FILE);
        try {
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new LocalRunException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    URI policyUrl() {
        return policyUrl;
    }

    URI agentUrl() {
        return agentUrl;
    }

    Path logs() {
        return cluster.directory();
    }

    /** Ends everything and leaves nothing but the logs. */
    @Override
    public void close() {
        try {
            cluster.close();
        } finally {
            deletePid();
        }
    }

    private void deletePid() {
        try {
            Files.deleteIfExists(logs().resolve(PID_FILE));
        } catch (IOException e) {
            throw new LocalRunException("cannot clean " + logs() + ": " + e.getMessage(), e);
        }
    }

    private static int freePort(int wanted, String option) {
        try {
            return Ports.free(wanted);
        } catch (IOException e) {
            throw new LocalRunException(
                    "port " + wanted + " is taken: stop what listens there, or choose another with " + option, e);
        }
    }
}
