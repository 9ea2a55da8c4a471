package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import org.jspecify.annotations.Nullable;

/** A launch plan as JSON; without {@code rpv} where none is set. */
public record LaunchPlanDocument(
        @Nullable RipasModeDocument ripasMode,
        @Nullable VerdictDocument verdict,
        @Nullable String measuredContents,
        @Nullable String rpv) {
    public static LaunchPlanDocument of(LaunchPlan plan) {
        return new LaunchPlanDocument(
                RipasModeDocument.of(plan.mode()),
                VerdictDocument.of(plan.verdict()),
                plan.measuredContents().name(),
                plan.rpv().isZero() ? null : plan.rpv().hex());
    }

    /** A plan that this service wrote itself. */
    public LaunchPlan readStored() {
        var fields = new Fields();
        RipasMode mode = fields.required("ripasMode", ripasMode, new RipasModeDocument.GuestDeclares())
                .read(fields, "ripasMode");
        RunTimeVerdict answer = fields.required("verdict", verdict, new VerdictDocument.Reject())
                .read(fields, "verdict");
        MeasuredContents contents = fields.constant("measuredContents", measuredContents, MeasuredContents.class);
        fields.throwIfAny();
        return new LaunchPlan(
                mode, answer, contents, rpv == null ? PersonalizationValue.ZERO : new PersonalizationValue(rpv));
    }
}
