package io.realmwright.hostagent.json;

import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A launch plan as JSON. An RPV of zeros and no RPV are the same and are written as none. */
public final class LaunchPlanJson {
    private static final Pattern RPV = Pattern.compile("[0-9a-f]{128}");

    private static final Map<String, Function<Fields, RipasMode>> MODES = Map.of(
            "HOST_ALL_MEMSLOTS", _ -> new RipasMode.HostAllMemslots(),
            "DEPLOYER_RANGES", mode -> new RipasMode.DeployerRanges(ranges(mode)),
            "GUEST_DECLARES", _ -> new RipasMode.GuestDeclares());

    private static final Map<String, Function<Fields, RunTimeVerdict>> VERDICTS = Map.of(
            "ACCEPT", _ -> new RunTimeVerdict.Accept(),
            "WITHHOLD", _ -> new RunTimeVerdict.Withhold(),
            "REJECT", _ -> new RunTimeVerdict.Reject(),
            "ACCEPT_RANGES", verdict -> new RunTimeVerdict.AcceptRanges(ranges(verdict)));

    private LaunchPlanJson() {}

    public static LaunchPlan read(Fields plan) {
        return new LaunchPlan(
                plan.object("ripasMode", mode -> mode.variant("kind", MODES)),
                plan.object("verdict", verdict -> verdict.variant("kind", VERDICTS)),
                plan.oneOf("measuredContents", MeasuredContents.class, MeasuredContents.AS_SPECIFIED),
                readRpv(plan));
    }

    private static List<IpaRange> ranges(Fields fields) {
        return fields.list("ranges", RealmSpec.MAX_RANGES, Ranges::read);
    }

    private static PersonalizationValue readRpv(Fields plan) {
        return plan.optionalText("rpv", RPV, "must be 64 bytes as 128 lower-case hexadecimal digits")
                .filter(hex -> !hex.isEmpty())
                .map(PersonalizationValue::new)
                .orElse(PersonalizationValue.ZERO);
    }

    public static ObjectNode write(LaunchPlan plan) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("ripasMode", write(plan.mode()));
        json.set("verdict", write(plan.verdict()));
        json.put("measuredContents", plan.measuredContents().name());
        return plan.rpv().isZero() ? json : json.put("rpv", plan.rpv().hex());
    }

    private static ObjectNode write(RipasMode mode) {
        var json = JsonNodeFactory.instance.objectNode().put("kind", mode.kind());
        return switch (mode) {
            case RipasMode.HostAllMemslots(), RipasMode.GuestDeclares() -> json;
            case RipasMode.DeployerRanges(var ranges) -> json.set("ranges", Ranges.write(ranges));
        };
    }

    private static ObjectNode write(RunTimeVerdict verdict) {
        var json = JsonNodeFactory.instance.objectNode().put("kind", verdict.kind());
        return switch (verdict) {
            case RunTimeVerdict.Accept(), RunTimeVerdict.Withhold(), RunTimeVerdict.Reject() -> json;
            case RunTimeVerdict.AcceptRanges(var ranges) -> json.set("ranges", Ranges.write(ranges));
        };
    }
}
