package io.realmwright.deployerpolicy.host;

import io.realmwright.machine.host.Measurements;
import io.realmwright.machine.host.MemoryRun;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import java.util.UUID;

/** Calls to the agents of hosts. Every call takes as long as the network does: never make one inside a transaction. */
public interface Agents {
    AgentAnswer<MachineReport> machine(Host.Address host);

    AgentAnswer<Boolean> hasImage(Host.Address host, String sha256);

    /** Whether the agent lacked it before. */
    AgentAnswer<Boolean> pushImage(Host.Address host, String sha256, byte[] content);

    /** Launches a realm; honoured once per launch id, and repeated without harm. */
    AgentAnswer<AgentRealm> launch(Host.Address host, LaunchRequest request);

    /** Runs the realm's vCPUs until there is an outcome. */
    AgentAnswer<AgentRealm> run(Host.Address host, UUID realm);

    /** Makes a launch void: whatever came up of it is torn down, and nothing will. Answers its id; repeated without harm. */
    AgentAnswer<UUID> revoke(Host.Address host, UUID launchId);

    AgentAnswer<AgentRealm> realm(Host.Address host, UUID realm);

    /** Tears the realm down; repeated without harm. */
    AgentAnswer<AgentRealm> tearDown(Host.Address host, UUID realm);

    AgentAnswer<List<MemoryRun>> memory(Host.Address host, UUID realm);

    AgentAnswer<Measurements> measurements(Host.Address host, UUID realm);

    /** Lines of the realm's trace from {@code offset}, at most {@code limit}. */
    AgentAnswer<TracePage> trace(Host.Address host, UUID realm, long offset, int limit);

    /** The realm's whole trace, gzip of JSON lines. */
    AgentAnswer<byte[]> trace(Host.Address host, UUID realm);

    /** What is to be launched, with the grant as a compact JWS. */
    record LaunchRequest(UUID launchId, String name, RealmSpec spec, LaunchPlan plan, String grant) {}

    /**
     * A page of a trace.
     *
     * @param nextOffset where the next page begins, or empty after the last
     */
    record TracePage(String lines, String nextOffset) {}
}
