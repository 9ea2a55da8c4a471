package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.TraceRecorder;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Drops traces of realms that ended long ago, and leaves a note in their place. */
@Component
class TraceRetention {
    private static final Logger LOG = LoggerFactory.getLogger(TraceRetention.class);

    private final RealmStore store;
    private final TraceLimits limits;
    private final Clock clock;

    TraceRetention(RealmStore store, TraceLimits limits, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
    }

    @Scheduled(
            initialDelayString = "${realmwright.agent.traces.sweep-interval}",
            fixedDelayString = "${realmwright.agent.traces.sweep-interval}")
    void expire() {
        var note = new TraceRecorder(limits.sizeBytes());
        note.line("{\"note\":\"cut here: a trace is kept for " + limits.retention() + " after its realm has ended\"}");
        int expired = store.expireTraces(clock.instant().minus(limits.retention()), note.drain());
        if (expired > 0) {
            LOG.atInfo().addKeyValue("traces", expired).log("Old traces were dropped");
        }
    }
}
