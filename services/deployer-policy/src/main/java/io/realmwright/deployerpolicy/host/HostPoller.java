package io.realmwright.deployerpolicy.host;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Asks every host's agent again and again how its machine is. */
@Component
class HostPoller implements SchedulingConfigurer, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(HostPoller.class);

    private final Hosts hosts;
    private final Agents agents;
    private final Clock clock;
    private final PollTurns turns;
    private final Semaphore atOnce;
    private final Set<String> beingAsked = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Instant restUntil = Instant.EPOCH;

    HostPoller(Hosts hosts, Agents agents, HostProperties properties, Clock clock) {
        this.hosts = hosts;
        this.agents = agents;
        this.clock = clock;
        this.turns = PollTurns.within(properties.pollInterval());
        this.atOnce = new Semaphore(properties.pollsAtOnce());
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(this::askNext, turns.pause());
    }

    /**
     * Asks the hosts whose turn it is. One that still owes an answer is left out, and holds up nobody; so is one that
     * another replica asked, so that replicas share the work.
     */
    private void askNext() {
        Instant now = clock.instant();
        if (now.isBefore(restUntil)) {
            return;
        }
        restUntil = now.plus(turns.interval()); // unless the hosts can be read: a turn soon after would fail as well
        List<Host> all = hosts.all();
        restUntil = now;
        List<Host> free =
                all.stream().filter(host -> !beingAsked.contains(host.name())).toList();
        turns.next(free, all.size(), now).forEach(this::ask);
    }

    private void ask(Host host) {
        if (beingAsked.add(host.name())) {
            threads.execute(() -> poll(host));
        }
    }

    private void poll(Host host) {
        atOnce.acquireUninterruptibly();
        try {
            hosts.record(host, agents.machine(host.address()));
        } catch (RuntimeException e) {
            // One host's trouble keeps no other from being asked.
            LOG.warn("A host could not be polled. host={}", host.name(), e);
        } finally {
            atOnce.release();
            beingAsked.remove(host.name());
        }
    }

    /** Waits for the calls that are under way: each has a time-out. */
    @Override
    public void destroy() {
        threads.close();
    }
}
