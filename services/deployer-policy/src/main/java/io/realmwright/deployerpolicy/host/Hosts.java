package io.realmwright.deployerpolicy.host;

import io.realmwright.deployerpolicy.host.Host.Origin;
import io.realmwright.deployerpolicy.host.HostChange.Configured;
import io.realmwright.deployerpolicy.host.HostChange.Done;
import io.realmwright.deployerpolicy.host.HostChange.InUse;
import io.realmwright.deployerpolicy.host.HostChange.UnknownHost;
import io.realmwright.deployerpolicy.label.Labels;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registering hosts, and recording what their agents say. */
@Service
public class Hosts {
    private final HostStore store;
    private final List<HostListener> listeners;
    private final Clock clock;

    Hosts(HostStore store, List<HostListener> listeners, Clock clock) {
        this.store = store;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Registers a host or changes its registration. */
    @Transactional
    public HostChange register(String name, Host.Address address, String agentName, Labels labels, Origin origin) {
        Instant now = now();
        var registration = Host.registered(name, address, agentName, labels, origin, now);
        Optional<Host> known = store.lock(name);
        if (known.isEmpty()) {
            store.insert(registration);
            return new Done(registration, true);
        }
        Host before = known.get();
        if (origin == Origin.API && before.origin() == Origin.CONFIGURATION) {
            return new Configured(name);
        }
        if (!before.address().equals(address) && isInUse(name)) {
            return new InUse(name);
        }
        Host after = before.registeredAnew(registration, now);
        store.update(after);
        listeners.forEach(listener -> listener.changed(after));
        return new Done(after, false);
    }

    @Transactional
    public HostChange cordon(String name, boolean cordon) {
        return store.lock(name)
                .map(host -> {
                    Host after = host.cordoned(cordon, now());
                    store.update(after);
                    listeners.forEach(listener -> listener.changed(after));
                    return (HostChange) new Done(after, false);
                })
                .orElse(new UnknownHost(name));
    }

    /**
     * Removes a host.
     *
     * @param force whether it goes even if realms are on it, which are lost then: for a host that never comes back
     */
    @Transactional
    public HostChange remove(String name, Origin origin, boolean force) {
        Optional<Host> known = store.lock(name);
        if (known.isEmpty()) {
            return new UnknownHost(name);
        }
        if (origin == Origin.API && known.get().origin() == Origin.CONFIGURATION) {
            return new Configured(name);
        }
        if (!force && isInUse(name)) {
            return new InUse(name);
        }
        store.delete(name);
        listeners.forEach(listener -> listener.removed(name));
        return new Done(known.get(), false);
    }

    private boolean isInUse(String name) {
        return listeners.stream().anyMatch(listener -> listener.isInUse(name));
    }

    /**
     * Records what came of asking the host's agent.
     *
     * @param asked the host as it was when it was asked; if it moved or somebody else recorded an answer meanwhile, this
     *     one is dropped, because nobody knows which of the two is the newer
     */
    @Transactional
    public void record(Host asked, AgentAnswer<MachineReport> answer) {
        Instant now = now();
        store.lock(asked.name())
                .filter(host -> host.address().equals(asked.address()))
                .filter(host ->
                        Objects.equals(host.status().polledAt(), asked.status().polledAt()))
                .ifPresent(before -> {
                    Host after = before.with(HostPolls.statusAfter(before.status(), answer, now));
                    store.update(after);
                    tell(before, after);
                });
    }

    private void tell(Host before, Host after) {
        if (HostPolls.hasRebooted(before, after)) {
            listeners.forEach(listener -> listener.rebooted(after));
        }
        if (HostPolls.mayTakeMore(before, after)) {
            listeners.forEach(listener -> listener.changed(after));
        }
    }

    public Optional<Host> find(String name) {
        return store.find(name);
    }

    public List<Host> list(String afterName, int limit) {
        return store.list(afterName, limit);
    }

    public List<Host> all() {
        return store.all();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
