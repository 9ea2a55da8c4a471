package io.realmwright.deployerpolicy.measurement;

import io.realmwright.deployerpolicy.measurement.LadderDiff.Difference;
import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.rim.RimExtension.Kind;
import io.realmwright.machine.spec.IpaRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Tells from the steps that differ what was probably different about the realms. */
final class LikelyCauses {
    /** Hexadecimal digits of a word of a realm's parameters, and which words are which (reference section 8). */
    private static final int WORD_DIGITS = 16;

    private static final int IPA_BITS_WORD = 1;
    private static final int HASH_WORD = 6;
    private static final int WORDS = 7;

    private final Ladder left;
    private final Ladder right;
    private final Set<LikelyCause> causes = EnumSet.noneOf(LikelyCause.class);

    private LikelyCauses(Ladder left, Ladder right) {
        this.left = left;
        this.right = right;
    }

    /** @param moved whether steps that both have stand in another order */
    static Set<LikelyCause> of(Ladder left, Ladder right, List<Difference> differences, boolean moved) {
        var causes = new LikelyCauses(left, right);
        if (moved) {
            causes.causes.add(LikelyCause.ORDER);
        }
        causes.compareParameters(differences);
        if (!causes.causes.contains(LikelyCause.HASH_ALGORITHM)) {
            causes.compareContents(differences);
        }
        causes.compareCounts(differences);
        causes.compareRipas(differences);
        return causes.causes;
    }

    private void compareParameters(List<Difference> differences) {
        for (Difference difference : differences) {
            RimExtension one = difference.left();
            RimExtension other = difference.right();
            if (one != null && other != null && one.kind() == Kind.REALM) {
                compareWords(one.contents(), other.contents());
            }
        }
    }

    private void compareWords(String one, String other) {
        for (int word = 0; word < WORDS; word++) {
            int from = word * WORD_DIGITS;
            if (!one.regionMatches(from, other, from, WORD_DIGITS)) {
                causes.add(
                        switch (word) {
                            case IPA_BITS_WORD -> LikelyCause.IPA_BITS;
                            case HASH_WORD -> LikelyCause.HASH_ALGORITHM;
                            default -> LikelyCause.REALM_PARAMETERS;
                        });
            }
        }
    }

    private void compareContents(List<Difference> differences) {
        for (Difference difference : differences) {
            RimExtension one = difference.left();
            RimExtension other = difference.right();
            if (one == null || other == null) {
                if (kind(difference) == Kind.DATA) {
                    causes.add(LikelyCause.IMAGE);
                }
            } else if (one.kind() == Kind.DATA) {
                boolean measuredOnce =
                        one.contents().isEmpty() != other.contents().isEmpty();
                causes.add(measuredOnce ? LikelyCause.MEASURED_CONTENTS : LikelyCause.IMAGE);
            } else if (one.kind() == Kind.REC) {
                causes.add(LikelyCause.ENTRY_POINT);
            }
        }
    }

    private void compareCounts(List<Difference> differences) {
        boolean otherRecs = differences.stream()
                .anyMatch(difference ->
                        kind(difference) == Kind.REC && (difference.left() == null || difference.right() == null));
        if (otherRecs) {
            causes.add(LikelyCause.VCPU_COUNT);
        }
    }

    private void compareRipas(List<Difference> differences) {
        if (differences.stream().noneMatch(difference -> kind(difference) == Kind.RIPAS)) {
            return;
        }
        List<IpaRange> one = declared(left);
        List<IpaRange> other = declared(right);
        if (one.equals(other)) {
            causes.add(LikelyCause.RTT_DEPTH);
        } else {
            causes.add(LikelyCause.RIPAS_MODE);
            if (!one.isEmpty()
                    && !other.isEmpty()
                    && one.getLast().top() != other.getLast().top()) {
                causes.add(LikelyCause.MEMORY_SIZE);
            }
        }
    }

    /** The memory that was declared, in as few ranges as possible. */
    private static List<IpaRange> declared(Ladder ladder) {
        var merged = new ArrayList<IpaRange>();
        ladder.steps().stream()
                .filter(step -> step.kind() == Kind.RIPAS)
                .map(step -> IpaRange.of(step.base(), step.top() - step.base()))
                .sorted(Comparator.comparingLong(IpaRange::start))
                .forEach(range -> {
                    if (!merged.isEmpty() && merged.getLast().top() == range.start()) {
                        IpaRange last = merged.removeLast();
                        merged.add(IpaRange.of(last.start(), range.top() - last.start()));
                    } else {
                        merged.add(range);
                    }
                });
        return merged;
    }

    private static Kind kind(Difference difference) {
        RimExtension present = difference.left() == null ? difference.right() : difference.left();
        return Objects.requireNonNull(present).kind();
    }
}
