package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.Boot;
import io.realmwright.hostagent.machine.TraceRecorder;
import io.realmwright.machine.host.SimulatedHost;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** A piece of machine work for one realm, from the leaks before it to the trace after it. */
final class RealmWork {
    private final UUID realmId;
    private final Boot boot;
    private final TraceRecorder trace;
    private final RealmStore store;
    private final Clock clock;
    private final long leakedBefore;

    RealmWork(UUID realmId, Boot boot, TraceRecorder trace, RealmStore store, Clock clock) {
        this.realmId = realmId;
        this.boot = boot;
        this.trace = trace;
        this.store = store;
        this.clock = clock;
        this.leakedBefore = leakedNow();
    }

    TraceRecorder trace() {
        return trace;
    }

    /** Does the work; if the machine breaks off, the trace up to there is kept, for it is what one wants to see. */
    <T> T attempt(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            var progress = progress(0);
            boot.ledger().write(() -> store.progressed(progress));
            throw e;
        }
    }

    /** What the work came to. */
    Progress progress() {
        return progress(leakedNow() - leakedBefore);
    }

    private Progress progress(long leaked) {
        return new Progress(realmId, trace.rmiCalls(), leaked, trace.drain(), clock.instant());
    }

    private long leakedNow() {
        return boot.host(SimulatedHost::leakedGranules);
    }
}
