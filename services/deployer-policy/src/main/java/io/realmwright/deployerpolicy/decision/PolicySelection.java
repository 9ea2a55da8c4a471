package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which policy decides about a realm, and why that one. At most one ever does. */
public sealed interface PolicySelection {
    /** One sentence for people. */
    String explanation();

    /** How the policy was found. */
    enum By {
        /** The realm names it. */
        NAME,
        /** Its selector fits the realm's labels best. */
        SELECTOR
    }

    record Selected(String policy, int revision, String digest, By by, String explanation) implements PolicySelection {}

    /** Rules that are no revision of any policy decide, for once and without consequences. */
    record Draft(String digest, String explanation) implements PolicySelection {}

    /** No policy decides, so the realm is denied. */
    record NoneApplies(DenialReason reason, String explanation) implements PolicySelection {}

    /** A selection together with the revision that it selects. */
    record WithRevision(PolicySelection selection, Optional<PolicyRevision> revision) {}

    /**
     * The named policy, or else of those whose selector fits the one that asks for most labels, the first by name.
     *
     * @param published the deciding revisions of all policies
     */
    static WithRevision among(List<PolicyRevision> published, Optional<String> named, Labels labels) {
        return named.map(name -> byName(published, name, labels)).orElseGet(() -> bySelector(published, labels));
    }

    /** A draft is asked whatever its selector says. */
    static WithRevision draft(PolicyRevision draft, Labels labels) {
        boolean applies = draft.content().selector().map(labels::carry).orElse(true);
        String selector = applies
                ? ""
                : " Published, its selector " + draft.content().selector().orElse(Labels.NONE)
                        + " would not fit the realm's labels.";
        return new WithRevision(
                new Draft(draft.digest(), "A draft decides, which is not published." + selector), Optional.of(draft));
    }

    private static WithRevision byName(List<PolicyRevision> published, String name, Labels labels) {
        Optional<PolicyRevision> found = published.stream()
                .filter(revision -> revision.policy().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            return none(DenialReason.NO_POLICY, "The realm names policy " + name + ", which is not published.");
        }
        Optional<Labels> selector = found.get().content().selector();
        if (selector.isPresent() && !labels.carry(selector.get())) {
            return none(
                    DenialReason.POLICY_DOES_NOT_APPLY,
                    "The realm names policy " + name + ", which decides only about realms labelled " + selector.get()
                            + ".");
        }
        return selected(found.get(), By.NAME, "The realm names it.");
    }

    private static WithRevision bySelector(List<PolicyRevision> published, Labels labels) {
        List<PolicyRevision> fitting = published.stream()
                .filter(revision ->
                        revision.content().selector().filter(labels::carry).isPresent())
                .sorted(Comparator.comparingInt(PolicySelection::selectorSize)
                        .reversed()
                        .thenComparing(PolicyRevision::policy))
                .toList();
        if (fitting.isEmpty()) {
            return none(
                    DenialReason.NO_POLICY,
                    "The realm names no policy, and no published policy selects realms labelled " + labels + ".");
        }
        PolicyRevision best = fitting.getFirst();
        String why = "Its selector " + best.content().selector().orElse(Labels.NONE) + " fits the realm's labels";
        String others = fitting.stream().skip(1).map(PolicyRevision::policy).collect(Collectors.joining(", "));
        return selected(
                best,
                By.SELECTOR,
                others.isEmpty() ? why + "." : why + ", with more labels or an earlier name than " + others + ".");
    }

    private static int selectorSize(PolicyRevision revision) {
        return revision.content().selector().map(Labels::size).orElse(0);
    }

    private static WithRevision selected(PolicyRevision revision, By by, String explanation) {
        return new WithRevision(
                new Selected(revision.policy(), revision.number(), revision.digest(), by, explanation),
                Optional.of(revision));
    }

    private static WithRevision none(DenialReason reason, String explanation) {
        return new WithRevision(new NoneApplies(reason, explanation), Optional.empty());
    }
}
