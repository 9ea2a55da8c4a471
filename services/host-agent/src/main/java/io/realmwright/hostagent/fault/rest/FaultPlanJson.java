package io.realmwright.hostagent.fault.rest;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a fault plan as JSON. */
final class FaultPlanJson {
    private FaultPlanJson() {}

    static ObjectNode write(List<Fault> faults) {
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
