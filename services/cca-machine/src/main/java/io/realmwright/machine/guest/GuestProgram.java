package io.realmwright.machine.guest;

import java.util.List;

/** The steps of a guest's first vCPU, in order. It halts after the last one. */
public record GuestProgram(List<GuestStep> steps) {
    public static final int MAX_STEPS = 10_000;

    public GuestProgram {
        steps = List.copyOf(steps);
    }
}
