package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.RangeExpression;
import io.realmwright.deployerpolicy.policy.RipasChoice;
import io.realmwright.deployerpolicy.policy.VerdictChoice;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.RealmSpecRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for single fields whose change would have turned a ruling. It knows nothing of what rules mean: it changes a
 * field, has the evaluator rule about the changed facts, and sees. Which values it tries comes from what the rules write
 * and came across.
 */
final class Flips {
    /** Bounds what a policy of many rules can cost: rules asked per host. */
    private static final int RULES_ASKED_MAX = 20_000;

    private final PolicyRevision revision;
    private final Facts facts;
    private final RuleEvaluator rules;
    private final ImageStore images;
    private int tries;

    Flips(PolicyRevision revision, Facts facts, RuleEvaluator rules, ImageStore images) {
        this.revision = revision;
        this.facts = facts;
        this.rules = rules;
        this.images = images;
        this.tries = RULES_ASKED_MAX / revision.content().rules().size();
    }

    /** For each field that would do on its own its smallest change; the realm's own fields first. */
    List<Flip> of(Ruling ruling) {
        Vocabulary vocabulary = rules.vocabulary(revision, facts);
        List<Long> borders = borders();
        if (!borders.isEmpty()) {
            vocabulary = Vocabulary.of(Stream.of(vocabulary, new Vocabulary(Set.of(), Set.of(), Set.copyOf(borders))));
        }
        var flips = new ArrayList<Flip>();
        for (EditableField field : EditableFields.of(facts, vocabulary, !borders.isEmpty())) {
            switch (field) {
                case EditableField.Quantity quantity ->
                    smallest(quantity, ruling).ifPresent(flips::add);
                case EditableField.Choice choice -> first(choice, ruling).ifPresent(flips::add);
            }
        }
        return flips;
    }

    private Optional<Flip> first(EditableField.Choice field, Ruling ruling) {
        for (Optional<String> option : field.candidates()) {
            Optional<Ruling> turned = turned(field.edit().apply(option), ruling);
            if (turned.isPresent()) {
                return Optional.of(flip(field.path(), field.value(), option.orElse(null), turned.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Flip> smallest(EditableField.Quantity field, Ruling ruling) {
        long below = field.value();
        long above = field.value();
        for (long candidate : field.candidates()) {
            Optional<Ruling> turned = turned(field.edit().apply(candidate), ruling);
            if (turned.isPresent()) {
                return Optional.of(nearest(field, candidate < field.value() ? below : above, candidate, ruling));
            }
            if (candidate < field.value()) {
                below = candidate;
            } else {
                above = candidate;
            }
        }
        return Optional.empty();
    }

    /** Between a value that leaves the ruling and one that turns it there is a border: halves the way to it. */
    private Flip nearest(EditableField.Quantity field, long leaves, long turns, Ruling ruling) {
        LongFunction<Optional<Ruling>> ask = number -> turned(field.edit().apply(number), ruling);
        long near = leaves / field.unit();
        long far = turns / field.unit();
        while (Math.abs(far - near) > 1) {
            long middle = near + (far - near) / 2;
            if (ask.apply(middle * field.unit()).isPresent()) {
                far = middle;
            } else {
                near = middle;
            }
        }
        // The last value that turned it; if the tries ran out on the way, the one that was found first.
        long smallest = far * field.unit();
        Ruling turned = Ruling.of(revision, field.edit().apply(smallest), rules, RuleEvaluator.Detail.RESULT);
        return flip(field.path(), field.text(field.value()), field.text(smallest), turned);
    }

    private static Flip flip(String path, @Nullable String from, @Nullable String to, Ruling turned) {
        return new Flip(path, from, to, turned.deciding().orElse(null));
    }

    /** The ruling about the changed facts if it is the opposite, and about a realm that is still valid. */
    private Optional<Ruling> turned(Facts changed, Ruling ruling) {
        if (tries == 0) {
            return Optional.empty();
        }
        tries--;
        Ruling other = Ruling.of(revision, changed, rules, RuleEvaluator.Detail.RESULT);
        boolean turned = other.allows() != ruling.allows();
        return turned && isValid(changed) ? Optional.of(other) : Optional.empty();
    }

    private boolean isValid(Facts changed) {
        return changed.spec().equals(facts.spec())
                || RealmSpecRules.check(changed.spec(), images).isEmpty();
    }

    /** Where the ranges of the policy begin and end: a memslot may reach so far or not. */
    private List<Long> borders() {
        return revision.content().rules().stream()
                .flatMap(rule -> ranges(rule.effect()))
                .flatMap(range -> switch (range) {
                    case RangeExpression.Literal(var literal) -> Stream.of(literal.start(), literal.top());
                    case RangeExpression.AtOffset(var _, var offset, var size) -> Stream.of(offset, offset + size);
                    case RangeExpression.SlotPart _ -> Stream.of(0L);
                })
                .toList();
    }

    private static Stream<RangeExpression> ranges(Effect effect) {
        return switch (effect) {
            case Effect.Deny _ -> Stream.empty();
            case Effect.Allow allow -> Stream.concat(ranges(allow.mode()), ranges(allow.verdict()));
        };
    }

    private static Stream<RangeExpression> ranges(RipasChoice mode) {
        return switch (mode) {
            case RipasChoice.HostAllMemslots(), RipasChoice.GuestDeclares() -> Stream.empty();
            case RipasChoice.DeployerRanges(var ranges) -> ranges.stream();
        };
    }

    private static Stream<RangeExpression> ranges(VerdictChoice verdict) {
        return switch (verdict) {
            case VerdictChoice.Accept(), VerdictChoice.Withhold(), VerdictChoice.Reject() -> Stream.empty();
            case VerdictChoice.AcceptRanges(var ranges) -> ranges.stream();
        };
    }
}
