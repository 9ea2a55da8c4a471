package io.realmwright.deployerpolicy.event;

import java.time.Instant;
import java.util.List;

/**
 * The stream of events. Happenings that were noted get their ids when they are published, one batch at a time whoever
 * publishes, and not when they were noted: transactions end in another order than they begin, and whoever reads on after
 * the highest id he saw must not miss one that came to light later with a lower one.
 */
public interface EventStore {
    /** Gives the next ids to happenings that were noted and committed, at most {@code limit}; answers how many. */
    int publish(int limit);

    Bounds bounds();

    /** Events after this id, in their order. */
    List<Event> after(long id, int limit);

    /** Forgets events that are older than this; answers how many. */
    int compact(Instant before);

    /**
     * How far the stream reaches.
     *
     * @param compactedTo the highest id that is forgotten, 0 if none is
     * @param last the highest id that was given, 0 if none was
     */
    record Bounds(long compactedTo, long last) {}
}
