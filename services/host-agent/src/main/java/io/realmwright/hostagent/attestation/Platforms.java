package io.realmwright.hostagent.attestation;

import io.realmwright.hostagent.machine.MachineConfig;

/** Knows the simulated platforms of this agent's machines. */
@FunctionalInterface
public interface Platforms {
    Platform of(MachineConfig machine);
}
