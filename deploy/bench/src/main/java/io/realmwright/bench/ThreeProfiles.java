package io.realmwright.bench;

import io.realmwright.processes.Api;
import io.realmwright.processes.Cluster;
import io.realmwright.processes.Cluster.MachinePlan;
import io.realmwright.processes.Ports;
import io.realmwright.processes.ServiceProcess;
import java.util.List;

/** Both services on PostgreSQL, and a machine of each host profile. */
final class ThreeProfiles implements AutoCloseable {
    static final List<MachinePlan> MACHINES = List.of(
            new MachinePlan("v14", "rmm-2.0+kvm-rmi-v14", "64GB", 1),
            new MachinePlan("init-ripas", "rmm-2.0+kvm-rmi-init-ripas", "64GB", 2),
            new MachinePlan("v10", "rmm-1.0+kvm-rme-v10", "64GB", 3));

    private final Cluster cluster;
    private final ServiceProcess policy;
    private final ServiceProcess agent;

    private ThreeProfiles(Cluster cluster, ServiceProcess policy, ServiceProcess agent) {
        this.cluster = cluster;
        this.policy = policy;
        this.agent = agent;
    }

    static ThreeProfiles start(Setting setting, String benchmark) {
        setting.progress().say(benchmark + ": starting PostgreSQL, deployer-policy and host-agent");
        Cluster cluster = Cluster.start(
                setting.home(), setting.directory(benchmark), List.of(Cluster.POLICY_DATABASE, Cluster.AGENT_DATABASE));
        try {
            ServiceProcess policy = cluster.startPolicy(
                    "deployer-policy", Ports.free(), JavaOptions.heap("1g"), PolicySettings.on(cluster));
            ServiceProcess agent = cluster.startAgent(
                    "host-agent",
                    Ports.free(),
                    MACHINES,
                    JavaOptions.heap("1g"),
                    cluster.database().settingsFor(Cluster.AGENT_DATABASE));
            cluster.endorse(agent, MACHINES);
            return new ThreeProfiles(cluster, policy, agent);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    Api policy() {
        return new Api(policy.url());
    }

    ServiceProcess agent() {
        return agent;
    }

    /** The JDBC URL of deployer-policy's database for the server's superuser. */
    String policyDatabase() {
        return cluster.database().url(Cluster.POLICY_DATABASE);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
