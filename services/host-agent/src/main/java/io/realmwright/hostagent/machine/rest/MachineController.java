package io.realmwright.hostagent.machine.rest;

import io.realmwright.hostagent.machine.Machine;
import io.realmwright.hostagent.machine.Machines;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/machines")
class MachineController {
    private final Machines machines;
    private final MachinePath path;

    MachineController(Machines machines, MachinePath path) {
        this.machines = machines;
        this.path = path;
    }

    @GetMapping
    MachineList list() {
        return new MachineList(machines.all().stream()
                .map(Machine::status)
                .map(MachineBody::of)
                .toList());
    }

    @GetMapping("/{machine}")
    MachineBody get(@PathVariable String machine) {
        return MachineBody.of(path.resolve(machine).status());
    }

    @PostMapping("/{machine}/reboot")
    MachineBody reboot(@PathVariable String machine) {
        return MachineBody.of(path.resolve(machine).reboot());
    }

    record MachineList(List<MachineBody> machines) {}
}
