package io.realmwright.hostagent.machine;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The machines of this agent, in the order in which they are set up. */
public final class Machines {
    private final Map<String, Machine> byName;

    private Machines(Map<String, Machine> byName) {
        this.byName = byName;
    }

    /**
     * Boots all of them. The start of the agent is a power loss of its machines: what was on them is LOST.
     *
     * @param transaction carries something out as one transaction of the database
     */
    public static Machines boot(
            List<MachineConfig> configs,
            Firmware firmware,
            Duration patience,
            BootLog bootLog,
            Consumer<Runnable> transaction,
            Clock clock,
            Supplier<UUID> ids,
            Sleeper sleeper) {
        bootLog.agentStarted(clock.instant());
        var byName = new LinkedHashMap<String, Machine>();
        configs.forEach(config -> byName.put(
                config.name(), new Machine(config, firmware, patience, bootLog, transaction, clock, ids, sleeper)));
        return new Machines(Collections.unmodifiableMap(byName));
    }

    public Collection<Machine> all() {
        return byName.values();
    }

    public Optional<Machine> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
