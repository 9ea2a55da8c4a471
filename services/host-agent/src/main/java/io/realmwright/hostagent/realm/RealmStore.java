package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.TraceChunk;
import io.realmwright.machine.host.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where launches and realms are recorded. Each call is one transaction. Recording the same again changes nothing: what
 * is recorded of a realm depends on the state in which its record is. Who records what a machine did is answered the
 * realm as it is on record then.
 */
public interface RealmStore {
    /** Records that a launch begins. It uses up the launch id and the grant. */
    Beginning begin(LaunchIntent intent);

    /** Takes back a beginning, with launch id and grant, if it was recorded and nothing came of it. */
    void withdraw(UUID realmId);

    /** Records that no realm may come of this launch any more. */
    void revoke(UUID launchId, String machine, Instant at);

    /** Steps of a LAUNCHING realm, in their order. */
    void stepsCompleted(UUID realmId, List<CompletedStep> steps);

    /** A LAUNCHING realm is ACTIVE. */
    Realm launched(Progress progress, String rim);

    /** A LAUNCHING realm is FAILED. */
    Realm failed(Progress progress, LaunchFailure failure);

    /** An ACTIVE realm is RUNNING. */
    void running(UUID realmId, Instant at);

    /** The run of a RUNNING realm has an outcome; a guest that booted may come to another later. */
    Realm ran(Progress progress, Outcome outcome);

    /** An ACTIVE or RUNNING realm is STOPPED. */
    Realm stopped(Progress progress);

    /** The machine has done something for the realm, or begun to, that leaves it in the state in which it was. */
    Realm progressed(Progress progress);

    Optional<Realm> find(String machine, UUID realmId);

    Optional<Realm> findByLaunchId(UUID launchId);

    /** At most {@code size} realms of a machine after the position {@code after}, oldest first. */
    List<Positioned> page(String machine, long after, int size);

    /** The trace so far: gzip of JSON lines, or of none. */
    byte[] trace(UUID realmId);

    /**
     * Puts {@code note} in place of the traces of realms that have not changed since {@code before} and are no longer on
     * a machine.
     *
     * @return how many
     */
    int expireTraces(Instant before, TraceChunk note);

    /** A realm and its position in the order of launches, for paging. */
    record Positioned(long position, Realm realm) {}

    /** Whether a launch may begin. */
    enum Beginning {
        BEGUN,
        LAUNCH_ID_USED,
        LAUNCH_REVOKED,
        GRANT_USED
    }
}
