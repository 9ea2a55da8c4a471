package io.realmwright.machine.trace;

/** The steps of work that a replay may still take. */
final class WorkBudget {
    private final long total;
    private long left;

    WorkBudget(long steps) {
        total = steps;
        left = steps;
    }

    void spend(long steps) throws UnplayableException {
        if (steps > left) {
            throw new UnplayableException("the replay needs more than the " + total + " steps of work allowed");
        }
        left -= steps;
    }
}
