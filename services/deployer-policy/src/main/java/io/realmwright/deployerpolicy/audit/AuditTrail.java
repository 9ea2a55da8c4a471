package io.realmwright.deployerpolicy.audit;

import io.realmwright.deployerpolicy.actor.Actors;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writing the audit trail. */
@Service
public class AuditTrail {
    private final AuditStore store;
    private final Actors actors;
    private final Clock clock;

    AuditTrail(AuditStore store, Actors actors, Clock clock) {
        this.store = store;
        this.actors = actors;
        this.clock = clock;
    }

    /** Records what happens in the transaction in which it happens: there is not one without the other. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(AuditEvent event, String subject, Details details) {
        record(event, actors.acting(), subject, details);
    }

    /** The same for what somebody else did than whoever is acting. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(AuditEvent event, String actor, String subject, Details details) {
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
        store.add(at, actor, event, subject, details.members());
    }
}
