package io.realmwright.hostagent.json;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A fault plan as JSON. */
public final class FaultPlanJson {
    private static final int FAULTS_MAX = 1_000;
    private static final int INDEX_MAX = 255;
    private static final Pattern DURATION = Pattern.compile("PT[0-9.HMS]{1,20}");

    /** A delayed call holds the machine, and everybody who waits for it. */
    private static final Duration DELAY_MAX = Duration.ofMinutes(1);

    private static final Map<String, Function<Fields, FaultAction>> ACTIONS = Map.of(
            "REFUSE",
                    action -> new FaultAction.Refuse(
                            action.choice("status", RmiNames.REFUSALS), action.integer("index", 0, INDEX_MAX, 0)),
            "DELAY", action -> new FaultAction.Delay(duration(action)),
            "PARTIAL_PROGRESS", _ -> new FaultAction.PartialProgress(),
            "POWER_LOSS", _ -> new FaultAction.PowerLoss());

    private FaultPlanJson() {}

    public static List<Fault> read(Fields plan) {
        return plan.list("faults", FAULTS_MAX, FaultPlanJson::readFault);
    }

    private static Fault readFault(Fields fault) {
        return new Fault(
                fault.choice("command", RmiNames.COMMANDS),
                fault.integer("nth", 1, Integer.MAX_VALUE),
                fault.object("action", action -> action.variant("kind", ACTIONS)));
    }

    private static Duration duration(Fields action) {
        var rule = "must be an ISO 8601 duration above zero and up to " + DELAY_MAX;
        var text = action.text("duration", DURATION, rule);
        if (text.isEmpty()) {
            return DELAY_MAX;
        }
        try {
            var duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(DELAY_MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below, together with durations that are too long
        }
        action.reject("duration", rule);
        return DELAY_MAX;
    }

    public static ObjectNode write(List<Fault> faults) {
        var plan = JsonNodeFactory.instance.objectNode();
        var array = plan.putArray("faults");
        faults.forEach(fault -> array.addObject()
                .put("command", fault.command())
                .put("nth", fault.nth())
                .set("action", write(fault.action())));
        return plan;
    }

    private static ObjectNode write(FaultAction action) {
        return switch (action) {
            case FaultAction.Refuse(var status, var index) ->
                kind("REFUSE").put("status", status).put("index", index);
            case FaultAction.Delay(var duration) -> kind("DELAY").put("duration", duration.toString());
            case FaultAction.PartialProgress() -> kind("PARTIAL_PROGRESS");
            case FaultAction.PowerLoss() -> kind("POWER_LOSS");
        };
    }

    private static ObjectNode kind(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }
}
