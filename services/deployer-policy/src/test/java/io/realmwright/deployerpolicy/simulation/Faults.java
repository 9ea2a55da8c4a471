package io.realmwright.deployerpolicy.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How often what goes wrong, drawn from the seed, and how often it did.
 *
 * @param oneIn a fault of this kind happens once in so many times that it could, on average; 0 for never
 */
record Faults(Map<Kind, Integer> oneIn, Map<Kind, Integer> counted) {
    private static final int RAREST = 60;

    /** What can go wrong at one call or commit. */
    enum Kind {
        COMMIT_WITHOUT_ANSWER,
        REQUEST_LOST,
        ANSWER_LOST,
        REQUEST_LATE,
        LAUNCH_REFUSED,
        UNDELEGATE_FAILED,
        POWER_LOST_IN_LAUNCH,
        DATABASE_AWAY,
        REPLICA_KILLED,
        REPLICA_FROZEN,
        AGENT_RESTARTED,
        AGENT_FROZEN
    }

    /** Some kinds happen in a run and some do not. */
    static Faults drawn(RandomGenerator random) {
        var oneIn = new EnumMap<Kind, Integer>(Kind.class);
        for (Kind kind : Kind.values()) {
            oneIn.put(kind, random.nextBoolean() ? 3 + random.nextInt(RAREST) : 0);
        }
        return new Faults(oneIn, new EnumMap<>(Kind.class));
    }

    boolean happens(Kind kind, RandomGenerator random) {
        int rarity = oneIn.getOrDefault(kind, 0);
        boolean happens = rarity > 0 && random.nextInt(rarity) == 0;
        if (happens) {
            counted.merge(kind, 1, Integer::sum);
        }
        return happens;
    }

    /** From now on nothing goes wrong any more. */
    void end() {
        oneIn.clear();
    }
}
