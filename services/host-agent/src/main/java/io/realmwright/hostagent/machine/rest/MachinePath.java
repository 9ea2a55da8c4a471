package io.realmwright.hostagent.machine.rest;

import io.realmwright.hostagent.machine.Machine;
import io.realmwright.hostagent.machine.Machines;
import io.realmwright.hostagent.problem.Problem;
import org.springframework.stereotype.Component;

/** Finds the machine that a path names, or answers that there is none. */
@Component
public class MachinePath {
    private final Machines machines;

    MachinePath(Machines machines) {
        this.machines = machines;
    }

    public Machine resolve(String name) {
        return machines.find(name)
                .orElseThrow(() -> Problem.UNKNOWN_MACHINE.because(
                        "GET /v1/machines lists the machines of this agent; " + name + " is not among them."));
    }
}
