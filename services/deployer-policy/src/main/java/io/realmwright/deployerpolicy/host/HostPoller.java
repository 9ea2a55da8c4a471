package io.realmwright.deployerpolicy.host;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks every host's agent again and again how its machine is. */
@Component
class HostPoller implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(HostPoller.class);

    private final Hosts hosts;
    private final Agents agents;
    private final HostProperties properties;
    private final Clock clock;
    private final Semaphore atOnce;
    private final Set<String> beingAsked = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HostPoller(Hosts hosts, Agents agents, HostProperties properties, Clock clock) {
        this.hosts = hosts;
        this.agents = agents;
        this.properties = properties;
        this.clock = clock;
        this.atOnce = new Semaphore(properties.pollsAtOnce());
    }

    /**
     * Starts a round. A host that still owes the answer of an earlier round is left out, and holds up nobody; so is one
     * that another replica asked not long ago, so that replicas share the work.
     */
    @Scheduled(fixedDelayString = "${realmwright.host.poll-interval}")
    void pollAll() {
        Instant shortlyBefore = clock.instant().minus(properties.pollInterval().dividedBy(2));
        for (Host host : hosts.all()) {
            Instant polledAt = host.status().polledAt();
            boolean isDue = polledAt == null || polledAt.isBefore(shortlyBefore);
            if (isDue && beingAsked.add(host.name())) {
                threads.execute(() -> poll(host));
            }
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
