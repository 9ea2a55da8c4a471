package io.realmwright.hostagent.machine;

import java.time.Instant;
import java.util.UUID;

/** Where boots are recorded. A boot ends every realm of the boot before it. */
public interface BootLog {
    /** Records a boot of one machine; its realms that were on it become LOST. Recording it again changes nothing. */
    void booted(MachineConfig machine, UUID bootId, Instant at);

    /** The agent starts: whatever any machine was doing when it stopped is LOST. */
    void agentStarted(Instant at);
}
