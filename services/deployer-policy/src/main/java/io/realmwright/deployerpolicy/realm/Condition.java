package io.realmwright.deployerpolicy.realm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is known about a realm.
 *
 * @param reason a code, for programs
 * @param message one sentence for people
 * @param lastTransitionTime when {@code status} became what it is
 */
public record Condition(
        ConditionType type, ConditionStatus status, String reason, String message, Instant lastTransitionTime) {
    static Optional<Condition> find(List<Condition> conditions, ConditionType type, ConditionStatus status) {
        return conditions.stream()
                .filter(condition -> condition.type == type && condition.status == status)
                .findFirst();
    }

    /** The conditions with this one in the place of the earlier one of its type. */
    static List<Condition> with(List<Condition> conditions, Condition news) {
        var replaced = new ArrayList<Condition>();
        Condition kept = news;
        for (Condition condition : conditions) {
            if (condition.type != news.type) {
                replaced.add(condition);
            } else if (condition.status == news.status) {
                kept = new Condition(news.type, news.status, news.reason, news.message, condition.lastTransitionTime);
            }
        }
        replaced.add(kept);
        replaced.sort(Comparator.comparing(Condition::type));
        return List.copyOf(replaced);
    }
}
