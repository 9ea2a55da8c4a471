package io.realmwright.hostagent.machine;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.PowerLoss;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.SimulatedHost;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One simulated machine. It serves one request at a time; the others wait for as long as they are patient. When it
 * loses power or breaks it is booted anew at once, with a new boot id and without its realms.
 */
public final class Machine {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);

    private final MachineConfig config;
    private final Firmware firmware;
    private final Duration patience;
    private final BootLog bootLog;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Ledger ledger;
    private final RmiCounts rmiCounts;
    private Boot boot;
    private volatile MachineStatus status;

    Machine(
            MachineConfig config,
            Firmware firmware,
            Duration patience,
            BootLog bootLog,
            Consumer<Runnable> transaction,
            Clock clock,
            Supplier<UUID> ids,
            Sleeper sleeper) {
        this.ledger = new Ledger(transaction);
        this.rmiCounts = new RmiCounts();
        this.config = config;
        this.firmware = firmware;
        this.patience = patience;
        this.bootLog = bootLog;
        this.clock = clock;
        this.ids = ids;
        this.sleeper = sleeper;
        this.boot = bootAnew();
        this.boot.plan(config.faults(), sleeper);
        this.status = look();
        ledger.settle(); // an agent that cannot record its boots does not start
    }

    public String name() {
        return config.name();
    }

    public MachineConfig config() {
        return config;
    }

    public HostProfile profile() {
        return config.host().profile();
    }

    /** What the machine was like when its last work ended. Never waits. */
    public MachineStatus status() {
        return status;
    }

    /**
     * Uses the machine while nobody else does.
     *
     * @throws MachineBusyException if somebody else does for too long
     * @throws MachineLostPowerException if it lost power
     * @throws MachineBrokenException if it contradicted itself
     */
    public <T> T use(Function<Boot, T> work) {
        acquire();
        try {
            ledger.settle();
            return work.apply(boot);
        } catch (PowerLoss e) {
            boot = bootAnew();
            throw new MachineLostPowerException(name(), e);
        } catch (MachineBrokenException e) {
            boot = bootAnew();
            throw e;
        } finally {
            release();
        }
    }

    /** Takes the power away and boots: a new boot id, and no realms. */
    public MachineStatus reboot() {
        return use(_ -> {
            boot = bootAnew();
            ledger.settle();
            return look();
        });
    }

    /** Replaces the fault plan; calls are counted anew. */
    public void plan(List<Fault> faults) {
        use(present -> {
            present.plan(faults, sleeper);
            return present;
        });
    }

    private void acquire() {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new MachineBusyException(name(), patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineBusyException(name(), patience);
        }
    }

    private void release() {
        try {
            status = look();
        } finally {
            lock.unlock();
        }
    }

    private Boot bootAnew() {
        UUID bootId = ids.get();
        var host = SimulatedHost.boot(config.host().forBoot(bootId), firmware.boot(config, bootId));
        var next = new Boot(name(), bootId, clock.instant(), host, ledger, rmiCounts);
        ledger.write(() -> bootLog.booted(config, next.id(), next.at()));
        LOG.atInfo()
                .addKeyValue("machine", name())
                .addKeyValue("profile", profile().profileName())
                .addKeyValue("bootId", next.id())
                .log("A simulated machine was booted");
        return next;
    }

    private MachineStatus look() {
        return boot.host(host -> new MachineStatus(
                config,
                boot.id(),
                boot.at(),
                host.features(),
                host.granulesByState(),
                host.freeGranules(),
                host.leakedGranules(),
                host.freeVmids(),
                boot.realmCount(),
                boot.faults()));
    }

    /** The calls that realms took on this machine, through all its boots. */
    public RmiCounts rmiCounts() {
        return rmiCounts;
    }
}
