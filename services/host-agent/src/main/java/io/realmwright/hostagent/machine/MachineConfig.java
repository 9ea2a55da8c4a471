package io.realmwright.hostagent.machine;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.host.HostConfig;
import java.util.List;

/**
 * A machine as it is set up.
 *
 * @param name its name in paths, unique in this agent
 * @param faults the fault plan of its first boot
 */
public record MachineConfig(String name, HostConfig host, List<Fault> faults) {
    public MachineConfig {
        faults = List.copyOf(faults);
    }
}
