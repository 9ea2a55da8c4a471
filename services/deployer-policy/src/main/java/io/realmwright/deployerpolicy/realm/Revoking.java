package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells hosts that launches are void. A host that has heard so has no realm of the launch and never will: whatever came
 * up is torn down, and a request that was delayed on its way is refused. Until then the revocation is on record, so
 * that neither a silent host nor the end of this process leaves a realm behind that nobody waits for.
 */
@Component
public class Revoking {
    private static final Logger LOG = LoggerFactory.getLogger(Revoking.class);

    private final RevocationStore store;
    private final RealmWork work;
    private final HostStore hosts;
    private final Agents agents;
    private final RealmProperties properties;
    private final Backoff backoff;
    private final Clock clock;

    Revoking(
            RevocationStore store,
            RealmWork work,
            HostStore hosts,
            Agents agents,
            RealmProperties properties,
            RandomGenerator random,
            Clock clock) {
        this.store = store;
        this.work = work;
        this.hosts = hosts;
        this.agents = agents;
        this.properties = properties;
        this.backoff = new Backoff(properties.retryInterval(), properties.retryIntervalMax(), random);
        this.clock = clock;
    }

    /** Puts it on record in the transaction that gives the launch up. */
    @Transactional(propagation = Propagation.MANDATORY)
    void revoke(UUID launch, Host host) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
        store.insert(new Revocation(launch, host.name(), host.address(), now, 0));
        work.requestRevocation(launch);
    }

    /** As {@link #revoke(UUID, Host)}, if the launch's host is still registered. */
    @Transactional(propagation = Propagation.MANDATORY)
    void revoke(Launch launch) {
        hosts.find(launch.host()).ifPresent(host -> revoke(launch.id(), host));
    }

    /** What came of telling a host; {@code heard} also if there is nothing to tell any more. */
    public record Told(UUID launch, boolean heard) {}

    /** Tells the host. Calls its agent, so it belongs in no transaction. */
    public Told tell(UUID launch) {
        return new Told(launch, store.find(launch).map(this::hears).orElse(true));
    }

    private boolean hears(Revocation revocation) {
        return agents.revoke(revocation.address(), revocation.launch()) instanceof AgentAnswer.Ok;
    }

    /**
     * Ends the telling in the transaction that sets the time of the next one.
     *
     * @return when to tell the host again; empty if that is not necessary
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Duration> leave(Told told) {
        Optional<Revocation> revocation = store.find(told.launch());
        if (revocation.isEmpty()) {
            return Optional.empty();
        }
        Revocation present = revocation.get();
        boolean isTooOld = clock.instant().isAfter(present.createdAt().plus(properties.revokeFor()));
        if (isTooOld && !told.heard()) {
            LOG.warn(
                    "A host does not take note that a launch is void, and is taken for dead. host={} launch={}",
                    present.host(),
                    present.launch());
        }
        if (told.heard() || isTooOld) {
            store.delete(told.launch());
            return Optional.empty();
        }
        store.failed(told.launch());
        return Optional.of(backoff.after(present.attempts() + 1));
    }

    /** How long to wait after telling broke off, most likely because the database is away. */
    public Duration pauseAfterFailure(int failuresInARow) {
        return backoff.after(failuresInARow);
    }
}
