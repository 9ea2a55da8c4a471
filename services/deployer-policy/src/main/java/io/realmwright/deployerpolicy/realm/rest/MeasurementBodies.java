package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.deployerpolicy.measurement.Ladder;
import io.realmwright.deployerpolicy.measurement.LadderDiff;
import io.realmwright.deployerpolicy.measurement.LikelyCause;
import io.realmwright.deployerpolicy.realm.Measuring;
import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bodies of answers about measurements. */
final class MeasurementBodies {
    private static final int DIFFERENCES_MAX = 1_000;

    private MeasurementBodies() {}

    /**
     * A step of the RIM.
     *
     * @param index from 0
     * @param step of the launch
     */
    record ExtensionBody(
            int index,
            String step,
            RimExtension.Kind kind,
            @Nullable String base,
            @Nullable String top,
            @Nullable String contents,
            @Nullable String before,
            String after) {
        static ExtensionBody of(int index, RimExtension extension) {
            boolean hasPlace = extension.top() > 0;
            return new ExtensionBody(
                    index,
                    step(extension.kind()),
                    extension.kind(),
                    hasPlace ? Hex.of(extension.base()) : null,
                    hasPlace ? Hex.of(extension.top()) : null,
                    presence(extension.contents()),
                    presence(extension.before()),
                    extension.after());
        }

        private static @Nullable String presence(String digits) {
            return digits.isEmpty() ? null : digits;
        }

        private static String step(RimExtension.Kind kind) {
            return switch (kind) {
                case REALM -> "CREATE_REALM";
                case DATA -> "POPULATE";
                case REC -> "CREATE_RECS";
                case RIPAS -> "INIT_RIPAS";
            };
        }
    }

    record DifferenceBody(
            @Nullable ExtensionBody expected, @Nullable ExtensionBody actual) {
        static DifferenceBody of(LadderDiff.Difference difference) {
            RimExtension left = difference.left();
            RimExtension right = difference.right();
            return new DifferenceBody(
                    left == null ? null : ExtensionBody.of(difference.leftIndex(), left),
                    right == null ? null : ExtensionBody.of(difference.rightIndex(), right));
        }
    }

    /** A comparison of the realm with what was expected of it. */
    record ComparisonBody(
            boolean equal,
            String expectedRim,
            @Nullable DifferenceBody firstDifference,
            List<DifferenceBody> differences,
            int differencesTotal,
            Set<LikelyCause> likelyCauses) {
        static ComparisonBody of(Ladder expected, Ladder actual) {
            LadderDiff diff = LadderDiff.between(expected, actual);
            return new ComparisonBody(
                    diff.isEqual(),
                    expected.rim(),
                    diff.first().map(DifferenceBody::of).orElse(null),
                    diff.differences().stream()
                            .limit(DIFFERENCES_MAX)
                            .map(DifferenceBody::of)
                            .toList(),
                    diff.differences().size(),
                    diff.likelyCauses());
        }
    }

    /**
     * A realm's measurements.
     *
     * @param doubt why the extensions prove nothing; null if they were replayed and lead to the RIM
     * @param forecast compared with what the rehearsal measured, null if there was none
     * @param against compared with another realm, null if none was asked for
     */
    record MeasurementsBody(
            HashAlgorithm hashAlgorithm,
            String rim,
            List<String> rems,
            List<ExtensionBody> extensions,
            int extensionsTotal,
            @Nullable String doubt,
            @Nullable ComparisonBody forecast,
            @Nullable ComparisonBody against,
            boolean simulated) {
        static MeasurementsBody of(Measuring.Explained explained, @Nullable Ladder other, int offset, int limit) {
            Ladder actual = explained.actual().ladder();
            int total = actual.steps().size();
            return new MeasurementsBody(
                    explained.measurements().algorithm(),
                    explained.measurements().rim(),
                    explained.measurements().rems(),
                    IntStream.range(Math.min(offset, total), Math.min(offset + limit, total))
                            .mapToObj(index ->
                                    ExtensionBody.of(index, actual.steps().get(index)))
                            .toList(),
                    total,
                    explained.actual() instanceof Ladder.Replayed.Doubtful(var _, var doubt) ? doubt : null,
                    explained
                            .forecast()
                            .map(forecast -> ComparisonBody.of(forecast, actual))
                            .orElse(null),
                    other == null ? null : ComparisonBody.of(other, actual),
                    true);
        }
    }
}
