package io.realmwright.deployerpolicy.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A field of the facts that can be changed on its own, and the values worth trying. */
sealed interface EditableField {
    /** In the request; what begins with {@code host} is the host's. */
    String path();

    /**
     * An amount that can be more or less.
     *
     * @param unit what it is a multiple of
     * @param hexadecimal whether the request writes it so
     * @param pivots where an answer may change
     */
    record Quantity(
            String path,
            long value,
            long unit,
            long min,
            long max,
            boolean hexadecimal,
            Collection<Long> pivots,
            LongFunction<Facts> edit)
            implements EditableField {
        /** Both sides of each pivot, and the extremes for rules that calculate; the nearest to the present value first. */
        List<Long> candidates() {
            var candidates = new TreeSet<Long>();
            for (long pivot : pivots) {
                long multiple = Math.floorDiv(pivot, unit) * unit;
                candidates.addAll(List.of(multiple - unit, multiple, multiple + unit));
            }
            candidates.addAll(List.of(min, max));
            return candidates.stream()
                    .filter(candidate -> min <= candidate && candidate <= max && candidate != value)
                    .sorted(Comparator.<Long>comparingLong(candidate -> Math.abs(candidate - value))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }

        String text(long number) {
            return hexadecimal ? "0x" + Long.toHexString(number) : Long.toString(number);
        }
    }

    /**
     * A value among others.
     *
     * @param value null if it is absent
     * @param options an empty one takes the field away
     */
    record Choice(
            String path, @Nullable String value, List<Optional<String>> options, Function<Optional<String>, Facts> edit)
            implements EditableField {
        List<Optional<String>> candidates() {
            return options.stream()
                    .filter(option -> !option.equals(Optional.ofNullable(value)))
                    .toList();
        }
    }
}
