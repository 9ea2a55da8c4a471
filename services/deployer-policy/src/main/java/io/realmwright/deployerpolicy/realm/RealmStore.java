package io.realmwright.deployerpolicy.realm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where realms are kept. */
public interface RealmStore {
    /** False if the name is taken; then nothing was stored. */
    boolean insert(Realm realm);

    Optional<Realm> find(String name);

    Optional<Realm> find(UUID id);

    /** The realm, kept from changing until the transaction ends. */
    Optional<Realm> lock(UUID id);

    /** Stores the realm under the next version. */
    void update(Realm realm);

    void delete(UUID id);

    /** Notes that somebody wants the realm worked on, and keeps the realm from changing until the transaction ends. */
    void wish(UUID id);

    /** How often that was noted; empty if the realm is gone. Also keeps the realm from changing. */
    Optional<Long> wishes(UUID id);

    List<Realm> list(Filter filter, String afterName, int limit);

    /** Realms that want a host and have none. */
    List<UUID> waitingForAHost();

    /** Realms of which the host holds something, or may. */
    List<UUID> on(String host);

    /** Granules that realms placed on the host since then are going to take, by their forecasts. */
    long granulesPromised(String host, Instant since);

    /**
     * Which realms to list; an empty part lets every realm through.
     *
     * @param label {@code key=value}
     */
    record Filter(Optional<Phase> phase, Optional<String> host, Optional<Label> label) {}

    /** A label that a realm must carry. */
    record Label(String key, String value) {}
}
