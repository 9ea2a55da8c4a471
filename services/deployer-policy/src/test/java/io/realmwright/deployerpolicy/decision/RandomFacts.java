package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostProfile;
import java.util.HashMap;
import java.util.random.RandomGenerator;

/** Facts over which a {@link RandomRule} varies. */
final class RandomFacts {
    private RandomFacts() {}

    static Facts draw(RandomGenerator random) {
        var labels = new HashMap<String, String>();
        for (String label : RandomRule.LABELS) {
            if (random.nextBoolean()) {
                labels.put(label, RandomRule.VALUES[random.nextInt(RandomRule.VALUES.length)]);
            }
        }
        var guest = RandomRule.one(random, GuestProfile.class);
        var profile = RandomRule.one(random, HostProfile.class);
        return SomeFacts.of(SomeFacts.spec(random.nextInt(1, 5), guest), labels, profile);
    }
}
