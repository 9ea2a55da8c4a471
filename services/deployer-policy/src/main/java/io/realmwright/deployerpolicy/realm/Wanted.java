package io.realmwright.deployerpolicy.realm;

import java.util.Optional;

/**
 * What is wanted of a realm.
 *
 * @param outgoing the launch that is to make way for another one
 * @param generation grows with every change of what is wanted
 * @param observedGeneration the generation that the reconciler last acted on
 */
public record Wanted(Goal goal, Optional<Outgoing> outgoing, long generation, long observedGeneration) {
    static final Wanted TO_RUN = new Wanted(Goal.RUN, Optional.empty(), 1, 0);

    /** Somebody has acted on this generation, or an earlier one than was acted on before. */
    Wanted observed(long acted) {
        return new Wanted(goal, outgoing, generation, Math.max(observedGeneration, acted));
    }

    Wanted aimedAt(Goal newGoal) {
        return new Wanted(newGoal, Optional.empty(), generation + 1, observedGeneration);
    }

    Wanted replacing(Outgoing launch) {
        return new Wanted(Goal.RUN, Optional.of(launch), generation + 1, observedGeneration);
    }

    Wanted replaced() {
        return new Wanted(goal, Optional.empty(), generation, observedGeneration);
    }
}
