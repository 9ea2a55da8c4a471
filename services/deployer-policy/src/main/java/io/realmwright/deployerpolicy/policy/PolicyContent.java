package io.realmwright.deployerpolicy.policy;

import io.realmwright.deployerpolicy.label.Labels;
import java.util.List;
import java.util.Optional;

/**
 * What a revision says. It never changes, and its digest names it.
 *
 * @param selector labels that a realm must carry for the policy to decide about it; an empty selector fits every realm,
 *     a missing one none that does not name the policy
 * @param rules in the order in which they are asked; the first that matches decides, and no match denies
 */
public record PolicyContent(String description, Optional<Labels> selector, List<Rule> rules) {
    public static final int MAX_RULES = 256;

    public PolicyContent {
        rules = List.copyOf(rules);
    }
}
