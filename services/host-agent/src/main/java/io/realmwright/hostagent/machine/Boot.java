package io.realmwright.hostagent.machine;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.PowerLoss;
import io.realmwright.machine.host.RealmVm;
import io.realmwright.machine.host.SimulatedHost;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A machine from one boot to the next. Only the holder of the machine's lock has one in hand, see {@link Machine#use}. */
public final class Boot {
    private final String machine;
    private final UUID id;
    private final Instant at;
    private final SimulatedHost host;
    private final Ledger ledger;
    private final RmiCounts rmiCounts;
    private final Map<UUID, LiveRealm> realms = new HashMap<>();
    private List<Fault> faults = List.of();

    Boot(String machine, UUID id, Instant at, SimulatedHost host, Ledger ledger, RmiCounts rmiCounts) {
        this.machine = machine;
        this.id = id;
        this.at = at;
        this.host = host;
        this.ledger = ledger;
        this.rmiCounts = rmiCounts;
    }

    public UUID id() {
        return id;
    }

    Instant at() {
        return at;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Where the calls of this machine are counted. */
    public RmiCounts rmiCounts() {
        return rmiCounts;
    }

    /** The machine's name. */
    public String machine() {
        return machine;
    }

    /**
     * Lets the machine work.
     *
     * @throws PowerLoss if its fault plan says so
     * @throws MachineBrokenException if it throws anything else
     */
    public <T> T host(Function<SimulatedHost, T> work) {
        try {
            return work.apply(host);
        } catch (PowerLoss e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MachineBrokenException(machine, e);
        }
    }

    /** Lets a realm of the machine work; as {@link #host}. */
    public <T> T realm(LiveRealm realm, Function<RealmVm, T> work) {
        return host(_ -> work.apply(realm.vm()));
    }

    public void add(UUID realmId, LiveRealm realm) {
        realms.put(realmId, realm);
    }

    public void remove(UUID realmId) {
        realms.remove(realmId);
    }

    public Optional<LiveRealm> find(UUID realmId) {
        return Optional.ofNullable(realms.get(realmId));
    }

    int realmCount() {
        return realms.size();
    }

    List<Fault> faults() {
        return faults;
    }

    void plan(List<Fault> faults, Sleeper sleeper) {
        host(machine -> {
            machine.plan(faults, sleeper);
            return machine;
        });
        this.faults = List.copyOf(faults);
    }
}
