package io.realmwright.deployerpolicy.measurement;

import io.realmwright.machine.rim.RimExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How two ladders differ.
 *
 * @param first the first step at which they part; empty if they are equal
 * @param differences every step that only one of them has, or that measured something else, and then those that stand in
 *     another order
 */
public record LadderDiff(Optional<Difference> first, List<Difference> differences, Set<LikelyCause> likelyCauses) {
    /**
     * A step that is not the same on both sides.
     *
     * @param leftIndex its place from 0, -1 where it is missing
     */
    public record Difference(
            int leftIndex,
            @Nullable RimExtension left,
            int rightIndex,
            @Nullable RimExtension right) {}

    private record Measured(RimExtension.Kind kind, long base, long top, String contents) {
        static Measured of(RimExtension step) {
            return new Measured(step.kind(), step.base(), step.top(), step.contents());
        }
    }

    private record Place(RimExtension.Kind kind, long base) {
        static Place of(RimExtension step) {
            return new Place(step.kind(), step.base());
        }
    }

    public boolean isEqual() {
        return first.isEmpty();
    }

    public static LadderDiff between(Ladder left, Ladder right) {
        Optional<Difference> first = inPlace(numbered(left.steps(), List.of()), numbered(right.steps(), List.of()))
                .findFirst();
        if (first.isEmpty()) {
            return new LadderDiff(Optional.empty(), List.of(), Set.of());
        }
        List<Integer> onlyLeft = without(left.steps(), right.steps());
        List<Integer> onlyRight = without(right.steps(), left.steps());
        List<Difference> unmatched = paired(left.steps(), onlyLeft, right.steps(), onlyRight);
        List<Difference> moved = inPlace(numbered(left.steps(), onlyLeft), numbered(right.steps(), onlyRight))
                .toList();
        return new LadderDiff(
                first,
                Stream.concat(unmatched.stream(), moved.stream()).toList(),
                LikelyCauses.of(left, right, unmatched, !moved.isEmpty()));
    }

    /** A step and its place in the whole ladder. */
    private record Numbered(int index, RimExtension step) {}

    private static List<Numbered> numbered(List<RimExtension> steps, List<Integer> leftOut) {
        Set<Integer> gone = Set.copyOf(leftOut);
        return IntStream.range(0, steps.size())
                .filter(index -> !gone.contains(index))
                .mapToObj(index -> new Numbered(index, steps.get(index)))
                .toList();
    }

    /** The places at which the two hold different steps. */
    private static Stream<Difference> inPlace(List<Numbered> left, List<Numbered> right) {
        return IntStream.range(0, Math.max(left.size(), right.size()))
                .filter(i -> i >= left.size()
                        || i >= right.size()
                        || !left.get(i).step().isSameStep(right.get(i).step()))
                .mapToObj(
                        i -> difference(i < left.size() ? left.get(i) : null, i < right.size() ? right.get(i) : null));
    }

    private static Difference difference(@Nullable Numbered left, @Nullable Numbered right) {
        return new Difference(
                left == null ? -1 : left.index(),
                left == null ? null : left.step(),
                right == null ? -1 : right.index(),
                right == null ? null : right.step());
    }

    /** Steps that the other side does not have, each with what the other side measured in its place, if anything. */
    private static List<Difference> paired(
            List<RimExtension> left, List<Integer> onlyLeft, List<RimExtension> right, List<Integer> onlyRight) {
        Map<Place, List<Integer>> partners = new HashMap<>();
        onlyRight.forEach(index -> partners.computeIfAbsent(Place.of(right.get(index)), place -> new ArrayList<>())
                .add(index));
        var differences = new ArrayList<Difference>();
        for (int index : onlyLeft) {
            List<Integer> there = partners.getOrDefault(Place.of(left.get(index)), List.of());
            int partner = there.isEmpty() ? -1 : there.removeFirst();
            differences.add(new Difference(index, left.get(index), partner, partner < 0 ? null : right.get(partner)));
        }
        partners.values().stream()
                .flatMap(List::stream)
                .sorted()
                .map(index -> new Difference(-1, null, index, right.get(index)))
                .forEach(differences::add);
        return differences;
    }

    /** Indexes of the steps of {@code steps} that {@code others} does not hold, counted as often as they occur. */
    private static List<Integer> without(List<RimExtension> steps, List<RimExtension> others) {
        Map<Measured, Integer> left = new HashMap<>();
        others.forEach(step -> left.merge(Measured.of(step), 1, Integer::sum));
        var missing = new ArrayList<Integer>();
        for (int i = 0; i < steps.size(); i++) {
            int remaining = left.merge(Measured.of(steps.get(i)), -1, Integer::sum);
            if (remaining < 0) {
                missing.add(i);
            }
        }
        return missing;
    }
}
