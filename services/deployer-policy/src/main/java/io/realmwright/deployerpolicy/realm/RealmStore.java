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

    /** The same for a realm that was seen before, which is not read again if it has not changed since. */
    Optional<Realm> lock(Realm seen);

    /**
     * Stores a realm that has changed. Its {@code observedGeneration} never goes back.
     *
     * @param versionBefore under which it was stored until now
     * @return false if it is not, or no longer, stored under that version: then nothing was stored
     */
    boolean update(Realm realm, long versionBefore);

    void delete(UUID id);

    /** Notes that somebody wants the realm worked on, and keeps the realm from changing until the transaction ends. */
    void wish(UUID id);

    /** The realm for whoever works on it; empty if it is gone. */
    Optional<Seen> see(UUID id);

    /** What to keep in mind of the realm, which is kept from changing until the transaction ends; empty if it is gone. */
    Optional<Attention> lockAttention(UUID id);

    /** Notes up to which generation the realm was worked on, and how many calls in a row got no clear answer. */
    void attended(UUID id, long generation, int attempts);

    List<Realm> list(Filter filter, String afterName, int limit);

    /** Realms that want a host and have none, the longest waiting first. */
    List<UUID> waitingForAHost(int limit);

    /** Realms on the host whose last call got no clear answer. */
    List<UUID> retryingOn(String host);

    /** Realms whose latest wish nobody has acted on although it was made before then. */
    List<UUID> unobservedSince(Instant before, int limit);

    /** Realms of which the host holds something, or may. */
    List<UUID> on(String host);

    /** A realm and what whoever works on it has to keep in mind. */
    record Seen(Realm realm, Attention attention) {}

    /**
     * Which realms to list; an empty part lets every realm through.
     *
     * @param label {@code key=value}
     */
    record Filter(Optional<Phase> phase, Optional<String> host, Optional<Label> label) {}

    /** A label that a realm must carry. */
    record Label(String key, String value) {}
}
