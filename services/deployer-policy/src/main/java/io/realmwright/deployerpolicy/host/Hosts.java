package io.realmwright.deployerpolicy.host;

import io.realmwright.deployerpolicy.event.EventLog;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.deployerpolicy.host.Host.Origin;
import io.realmwright.deployerpolicy.host.HostChange.ChangedMeanwhile;
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
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registering hosts, saying what they may be used for, and recording what their agents say. */
@Service
public class Hosts {
    private final HostStore store;
    private final List<HostListener> listeners;
    private final EventLog events;
    private final HostProperties properties;
    private final Clock clock;

    Hosts(HostStore store, List<HostListener> listeners, EventLog events, HostProperties properties, Clock clock) {
        this.store = store;
        this.listeners = listeners;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** Registers a host or changes its registration. */
    @Transactional
    public HostChange register(String name, Host.Address address, Labels labels, Origin origin) {
        Instant now = now();
        var registration = Host.registered(name, address, labels, origin, now);
        Optional<Host> known = store.lock(name);
        if (known.isEmpty()) {
            store.insert(registration);
            note(registration, Happening.Change.CREATED);
            return new Done(registration, true);
        }
        Host before = known.get();
        if (origin == Origin.API && before.origin() == Origin.CONFIGURATION) {
            return new Configured(name);
        }
        if (!before.address().isSameMachine(address) && isInUse(name)) {
            return new InUse(name);
        }
        return changed(before.registeredAnew(registration, now));
    }

    /**
     * Says what a host may be used for.
     *
     * @param version of the host that the wish is meant for, empty if for any
     */
    @Transactional
    public HostChange schedule(String name, Host.Scheduling wanted, OptionalLong version) {
        Optional<Host> known = store.lock(name);
        if (known.isEmpty()) {
            return new UnknownHost(name);
        }
        Host before = known.get();
        if (version.isPresent() && version.getAsLong() != before.version()) {
            return new ChangedMeanwhile(name);
        }
        if (before.scheduling() == wanted) {
            return new Done(before, false);
        }
        Host after = before.scheduled(wanted, now());
        if (wanted == Host.Scheduling.DRAINING) {
            tell(listener -> listener.draining(after));
        }
        return changed(after);
    }

    private HostChange changed(Host after) {
        store.update(after);
        note(after, Happening.Change.CHANGED);
        tell(listener -> listener.changed(after));
        return new Done(after, false);
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
        Host host = known.get();
        if (origin == Origin.API && host.origin() == Origin.CONFIGURATION) {
            return new Configured(name);
        }
        if (!force && isInUse(name)) {
            return new InUse(name);
        }
        store.delete(name);
        note(host, Happening.Change.DELETED);
        tell(listener -> listener.removed(host));
        return new Done(host, false);
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
                .filter(host -> host.address().isSameMachine(asked.address()))
                .filter(host ->
                        Objects.equals(host.status().polledAt(), asked.status().polledAt()))
                .ifPresent(before -> {
                    Host after =
                            before.with(HostPolls.statusAfter(before.status(), answer, properties.goneAfter(), now));
                    store.recordStatus(after);
                    tell(before, after);
                });
    }

    private void tell(Host before, Host after) {
        if (after.state() != before.state()) {
            note(after, Happening.Change.CHANGED);
        }
        if (HostPolls.hasRebooted(before, after)) {
            tell(listener -> listener.rebooted(before, after));
        }
        if (HostPolls.mayTakeMore(before, after)) {
            tell(listener -> listener.changed(after));
        }
        if (after.status().isReady() && !before.status().isReady()) {
            tell(listener -> listener.answersAgain(after));
        }
        if (after.status().gone() && !before.status().gone()) {
            tell(listener -> listener.gone(after));
        }
        if (after.scheduling() == Host.Scheduling.DRAINING) {
            tell(listener -> listener.draining(after));
        }
    }

    private void tell(Consumer<HostListener> what) {
        listeners.forEach(what);
    }

    private void note(Host host, Happening.Change change) {
        events.note(new Happening(
                Happening.Subject.HOST,
                host.name(),
                change,
                host.state().name(),
                Optional.of(host.status().reason().name()),
                host.version(),
                now()));
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
