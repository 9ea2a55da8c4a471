package io.realmwright.hostagent.fault.rest;

import io.realmwright.hostagent.json.FaultPlanReader;
import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.machine.rest.MachinePath;
import io.realmwright.machine.fault.Fault;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The fault plan of a machine. It is gone after a boot, like everything else on the machine. */
@RestController
@RequestMapping("/v1/machines/{machine}/faults")
class FaultController {
    private final MachinePath path;

    FaultController(MachinePath path) {
        this.path = path;
    }

    @GetMapping
    JsonNode get(@PathVariable String machine) {
        return FaultPlanJson.write(path.resolve(machine).status().faults());
    }

    @PutMapping(consumes = "application/json")
    JsonNode put(@PathVariable String machine, @RequestBody JsonNode body) {
        var resolved = path.resolve(machine);
        List<Fault> faults = Fields.read(body, new FaultPlanReader(resolved.profile())::read);
        resolved.plan(faults);
        return FaultPlanJson.write(faults);
    }

    @DeleteMapping
    JsonNode delete(@PathVariable String machine) {
        path.resolve(machine).plan(List.of());
        return FaultPlanJson.write(List.of());
    }
}
