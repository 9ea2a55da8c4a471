package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.RangeExpression;
import io.realmwright.deployerpolicy.policy.RipasChoice;
import io.realmwright.deployerpolicy.policy.VerdictChoice;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RealmSpecRules;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a policy allows into the plan for one realm: its ranges become addresses. */
final class PlanResolver {
    private final RealmSpec spec;
    private final List<String> misfits = new ArrayList<>();

    private PlanResolver(RealmSpec spec) {
        this.spec = spec;
    }

    /** What came of it. */
    sealed interface Result {
        record Resolved(LaunchPlan plan) implements Result {}

        /** The ranges are no ranges of this realm's memory. */
        record DoesNotFit(List<String> misfits) implements Result {}
    }

    static Result resolve(Effect.Allow effect, RealmSpec spec) {
        var resolver = new PlanResolver(spec);
        var plan = new LaunchPlan(
                resolver.mode(effect.mode()),
                resolver.verdict(effect.verdict()),
                effect.measuredContents(),
                PersonalizationValue.ZERO);
        if (resolver.misfits.isEmpty()) {
            RealmSpecRules.check(spec, plan)
                    .forEach(violation -> resolver.misfits.add(violation.field() + " " + violation.message()));
        }
        return resolver.misfits.isEmpty() ? new Result.Resolved(plan) : new Result.DoesNotFit(resolver.misfits);
    }

    private RipasMode mode(RipasChoice choice) {
        return switch (choice) {
            case RipasChoice.HostAllMemslots() -> new RipasMode.HostAllMemslots();
            case RipasChoice.DeployerRanges(var ranges) -> new RipasMode.DeployerRanges(addresses(ranges));
            case RipasChoice.GuestDeclares() -> new RipasMode.GuestDeclares();
        };
    }

    private RunTimeVerdict verdict(VerdictChoice choice) {
        return switch (choice) {
            case VerdictChoice.Accept() -> new RunTimeVerdict.Accept();
            case VerdictChoice.Withhold() -> new RunTimeVerdict.Withhold();
            case VerdictChoice.Reject() -> new RunTimeVerdict.Reject();
            case VerdictChoice.AcceptRanges(var ranges) -> new RunTimeVerdict.AcceptRanges(addresses(ranges));
        };
    }

    private List<IpaRange> addresses(List<RangeExpression> ranges) {
        var resolved = new ArrayList<IpaRange>();
        for (RangeExpression range : ranges) {
            Optional<IpaRange> found = range.in(spec);
            found.ifPresentOrElse(resolved::add, () -> misfits.add("The realm has no " + range.describe() + "."));
        }
        return resolved;
    }
}
