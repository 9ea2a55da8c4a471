package io.realmwright.hostagent.machine;

import io.realmwright.machine.host.HostConfig;

/**
 * A machine as it is set up.
 *
 * @param name its name in paths, unique in this agent
 */
public record MachineConfig(String name, HostConfig host) {}
