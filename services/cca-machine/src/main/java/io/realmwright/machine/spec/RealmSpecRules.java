package io.realmwright.machine.spec;

import java.util.List;

/** The rules that a realm spec and a launch plan obey before they reach a machine. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class RealmSpecRules {
    private RealmSpecRules() {}

    /** Everything wrong with {@code spec}; empty if nothing is. An image that {@code images} lacks is a violation. */
    public static List<Violation> check(RealmSpec spec, ImageStore images) {
        throw new UnsupportedOperationException();
    }

    /** Everything wrong with the ranges of {@code plan} for a valid {@code spec}; empty if nothing is. */
    public static List<Violation> check(RealmSpec spec, LaunchPlan plan) {
        throw new UnsupportedOperationException();
    }
}
