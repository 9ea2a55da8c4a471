package io.realmwright.hostagent.realm.jdbc;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.json.OutcomeJson;
import io.realmwright.hostagent.realm.LaunchFailure;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A launch failure as it is stored. */
final class FailureJson {
    private static final Pattern ANY = Pattern.compile("(?s).*");

    private static final Map<String, Function<Fields, LaunchFailure>> FAILURES = Map.of(
            "REFUSED_BY_RMM",
                    failure -> new LaunchFailure.RefusedByRmm(
                            step(failure), failure.object("rmi", OutcomeJson::readRefusal)),
            "OUT_OF_GRANULES", failure -> new LaunchFailure.OutOfGranules(step(failure)),
            "OUT_OF_VMIDS", failure -> new LaunchFailure.OutOfVmids(step(failure)),
            "UNAVAILABLE", failure -> new LaunchFailure.Unavailable(reasons(failure)),
            "INVALID",
                    failure -> new LaunchFailure.Invalid(failure.list("violations", 10_000, FailureJson::violation)));

    private FailureJson() {}

    static LaunchFailure read(Fields failure) {
        return failure.variant("kind", FAILURES);
    }

    private static LaunchStep step(Fields failure) {
        return failure.oneOf("step", LaunchStep.class);
    }

    private static EnumSet<Unavailability> reasons(Fields failure) {
        var reasons = EnumSet.noneOf(Unavailability.class);
        reasons.addAll(failure.list("reasons", 100, reason -> reason.oneOf("reason", Unavailability.class)));
        return reasons;
    }

    private static Violation violation(Fields violation) {
        return new Violation(violation.text("field", ANY, ""), violation.text("message", ANY, ""));
    }

    static ObjectNode write(LaunchFailure failure) {
        return switch (failure) {
            case LaunchFailure.RefusedByRmm(var step, var refusal) ->
                kind("REFUSED_BY_RMM").put("step", step.name()).set("rmi", OutcomeJson.write(refusal));
            case LaunchFailure.OutOfGranules(var step) ->
                kind("OUT_OF_GRANULES").put("step", step.name());
            case LaunchFailure.OutOfVmids(var step) -> kind("OUT_OF_VMIDS").put("step", step.name());
            case LaunchFailure.Unavailable(var reasons) -> {
                var json = kind("UNAVAILABLE");
                var array = json.putArray("reasons");
                reasons.forEach(reason -> array.addObject().put("reason", reason.name()));
                yield json;
            }
            case LaunchFailure.Invalid(var violations) -> write(violations);
        };
    }

    private static ObjectNode write(List<Violation> violations) {
        var json = kind("INVALID");
        var array = json.putArray("violations");
        violations.forEach(
                violation -> array.addObject().put("field", violation.field()).put("message", violation.message()));
        return json;
    }

    private static ObjectNode kind(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }
}
