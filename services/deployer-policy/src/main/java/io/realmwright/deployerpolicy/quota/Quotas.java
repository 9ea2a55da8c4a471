package io.realmwright.deployerpolicy.quota;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Setting quotas. */
@Service
public class Quotas {
    private final QuotaStore store;
    private final List<QuotaListener> listeners;
    private final Clock clock;

    Quotas(QuotaStore store, List<QuotaListener> listeners, Clock clock) {
        this.store = store;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** A quota as a client wants it. */
    public record Limits(String labelKey, String labelValue, OptionalLong realmsMax, OptionalLong granulesMax) {}

    /** What came of a change. Everything but {@link Done} changed nothing. */
    public sealed interface Change {
        record Done(Quota quota, boolean created) implements Change {}

        record UnknownQuota(String name) implements Change {}

        /** It was changed since the version that the change is meant for. */
        record ChangedMeanwhile(String name) implements Change {}
    }

    /**
     * Sets a quota. Realms that are placed already stay, even if they are more than it allows.
     *
     * @param version that the change is meant for, empty if for any
     */
    @Transactional
    public Change set(String name, Limits limits, OptionalLong version) {
        tellListeners();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
        var quota = new Quota(
                name, limits.labelKey(), limits.labelValue(), limits.realmsMax(), limits.granulesMax(), 1, now, now);
        if (version.isEmpty() && store.insert(quota)) {
            return new Change.Done(quota, true);
        }
        return store.lock(name)
                .map(known ->
                        isMeant(known, version) ? update(known.changed(quota, now)) : new Change.ChangedMeanwhile(name))
                .orElse(new Change.ChangedMeanwhile(name));
    }

    private Change update(Quota quota) {
        store.update(quota);
        return new Change.Done(quota, false);
    }

    @Transactional
    public Change remove(String name, OptionalLong version) {
        tellListeners();
        Optional<Quota> known = store.lock(name);
        if (known.isEmpty()) {
            return new Change.UnknownQuota(name);
        }
        if (!isMeant(known.get(), version)) {
            return new Change.ChangedMeanwhile(name);
        }
        store.delete(name);
        return new Change.Done(known.get(), false);
    }

    /**
     * First of all, for it locks realms: whoever places a realm locks the realm first and its quotas then, too. Nobody
     * acts on it before this transaction ends.
     */
    private void tellListeners() {
        listeners.forEach(QuotaListener::changed);
    }

    private static boolean isMeant(Quota quota, OptionalLong version) {
        return version.isEmpty() || version.getAsLong() == quota.version();
    }

    public Optional<Quota> find(String name) {
        return store.find(name);
    }

    public List<Quota> list(String afterName, int limit) {
        return store.list(afterName, limit);
    }
}
