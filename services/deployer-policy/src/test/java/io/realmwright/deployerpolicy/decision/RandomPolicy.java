package io.realmwright.deployerpolicy.decision;

import static io.realmwright.machine.spec.MeasuredContents.AS_SPECIFIED;

import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.RipasChoice;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.deployerpolicy.policy.VerdictChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A random policy, with an oracle that knows no CEL. */
record RandomPolicy(PolicyRevision revision, List<RandomRule> drawn) {
    private static final Effect ALLOW = new Effect.Allow(
            new RipasChoice.HostAllMemslots(), new VerdictChoice.Accept(), AS_SPECIFIED, false, Optional.empty());
    private static final Effect DENY = new Effect.Deny("no");

    /** @param name unique, because it stands for the digest */
    static RandomPolicy draw(RandomGenerator random, String name) {
        var drawn = new ArrayList<RandomRule>();
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < random.nextInt(1, 6); i++) {
            drawn.add(RandomRule.draw(random, random.nextInt(4)));
            rules.add(new Rule("rule-" + i, drawn.get(i).expression(), random.nextBoolean() ? ALLOW : DENY));
        }
        var content = new PolicyContent("", Optional.empty(), rules);
        return new RandomPolicy(new PolicyRevision("p", 1, name, content, "somebody", Instant.EPOCH, null), drawn);
    }

    /** The rule that decides, {@code failed} before it if it breaks off, or {@code none}. */
    String deciding(Facts facts) {
        for (int i = 0; i < drawn.size(); i++) {
            try {
                if (drawn.get(i).oracle().test(facts)) {
                    return "rule-" + i;
                }
            } catch (RandomRule.Broken broken) {
                return "failed rule-" + i;
            }
        }
        return "none";
    }

    boolean allows(Facts facts) {
        String deciding = deciding(facts);
        return revision.content().rules().stream()
                .anyMatch(rule -> rule.name().equals(deciding) && rule.effect().equals(ALLOW));
    }

    @Override
    public String toString() {
        return revision.digest() + ": " + drawn;
    }
}
