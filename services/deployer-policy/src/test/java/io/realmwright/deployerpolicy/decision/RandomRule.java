package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A random rule twice: as a CEL expression, and as a Java predicate that knows nothing of CEL. An atom over a label that
 * the realm does not carry breaks off in CEL, which the predicate says with {@link Broken}.
 */
record RandomRule(String expression, Predicate<Facts> oracle) {
    static final String[] LABELS = {"a", "b", "c"};
    static final String[] VALUES = {"x", "y"};

    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static RandomRule draw(RandomGenerator random, int depth) {
        if (depth == 0) {
            return atom(random);
        }
        return switch (random.nextInt(5)) {
            case 0 -> not(draw(random, depth - 1));
            case 1 -> and(draw(random, depth - 1), draw(random, depth - 1));
            case 2 -> or(draw(random, depth - 1), draw(random, depth - 1));
            case 3 -> choice(draw(random, depth - 1), draw(random, depth - 1), draw(random, depth - 1));
            default -> atom(random);
        };
    }

    static <E extends Enum<E>> E one(RandomGenerator random, Class<E> type) {
        var constants = List.copyOf(EnumSet.allOf(type));
        return constants.get(random.nextInt(constants.size()));
    }

    private static RandomRule atom(RandomGenerator random) {
        int vcpus = random.nextInt(1, 4);
        var guest = one(random, GuestProfile.class);
        String label = LABELS[random.nextInt(LABELS.length)];
        String value = VALUES[random.nextInt(VALUES.length)];
        return switch (random.nextInt(6)) {
            case 0 ->
                new RandomRule("realm.vcpus >= " + vcpus, facts -> facts.spec().vcpus() >= vcpus);
            case 1 ->
                new RandomRule(
                        "guest.profile == '" + guest + "'",
                        facts -> facts.spec().guest().equals(new Guest.Profile(guest)));
            case 2 ->
                new RandomRule(
                        "has(labels." + label + ")", facts -> labels(facts).containsKey(label));
            case 3 ->
                new RandomRule("labels." + label + " == '" + value + "'", facts -> {
                    if (!labels(facts).containsKey(label)) {
                        throw new Broken();
                    }
                    return value.equals(labels(facts).get(label));
                });
            case 4 ->
                new RandomRule("host.canSetRpv", facts -> facts.host().profile().canSetRpv());
            default ->
                new RandomRule(
                        "realm.memslots.exists(m, m.size > " + vcpus + " * 0x8000000)",
                        facts -> facts.spec().memslots().stream()
                                .anyMatch(slot -> slot.range().sizeBytes() > vcpus * 0x800_0000L));
        };
    }

    private static Map<String, String> labels(Facts facts) {
        return facts.labels().byKey();
    }

    private static RandomRule not(RandomRule rule) {
        return new RandomRule("!(" + rule.expression + ")", rule.oracle.negate());
    }

    /** In CEL a false side makes a conjunction false even if the other side breaks off. */
    private static RandomRule and(RandomRule left, RandomRule right) {
        return new RandomRule(
                "(" + left.expression + ") && (" + right.expression + ")",
                facts -> !either(left.oracle.negate(), right.oracle.negate(), facts));
    }

    private static RandomRule or(RandomRule left, RandomRule right) {
        return new RandomRule(
                "(" + left.expression + ") || (" + right.expression + ")",
                facts -> either(left.oracle, right.oracle, facts));
    }

    private static boolean either(Predicate<Facts> left, Predicate<Facts> right, Facts facts) {
        boolean first;
        try {
            first = left.test(facts);
        } catch (Broken broken) {
            if (right.test(facts)) {
                return true;
            }
            throw broken;
        }
        return first || right.test(facts);
    }

    private static RandomRule choice(RandomRule condition, RandomRule yes, RandomRule no) {
        return new RandomRule(
                "(" + condition.expression + ") ? (" + yes.expression + ") : (" + no.expression + ")",
                facts -> condition.oracle.test(facts) ? yes.oracle.test(facts) : no.oracle.test(facts));
    }
}
