package io.realmwright.machine.vcpu;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.rmm.GuestSoftware;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The software on one vCPU: goes through the steps of a program, as far as the realm's memory lets it. */
public final class GuestThread implements GuestSoftware {
    private final List<GuestStep> steps;
    private final int vcpus;
    private GuestStatus status = new GuestStatus.Running();
    private int index;
    private @Nullable StepRun current;
    /** The FID if the last trap was an SMC, otherwise 0. */
    private long calledFid;

    /**
     * A thread that has not run yet.
     *
     * @param vcpus number of vCPUs of the realm
     */
    public GuestThread(List<GuestStep> steps, int vcpus) {
        this.steps = List.copyOf(steps);
        this.vcpus = vcpus;
    }

    public GuestStatus status() {
        return status;
    }

    @Override
    public Trap run(VirtualCpu cpu) {
        if (cpu.takeInjectedAbort()) {
            abort();
        }
        if (status instanceof GuestStatus.Running && isCallUnanswered(cpu)) {
            return Trap.SMC;
        }
        while (status instanceof GuestStatus.Running) {
            Trap trap = proceed(cpu);
            if (trap != null) {
                calledFid = trap == Trap.SMC ? cpu.register(0) : 0;
                return trap;
            }
        }
        // Whatever it does now, the host's timer tick ends the entry.
        return Trap.IRQ;
    }

    /**
     * Whether the vCPU still stands at its SMC: the RMM did not complete it, since memory of the guest that it needed was
     * missing. No result is a FID.
     */
    private boolean isCallUnanswered(VirtualCpu cpu) {
        return calledFid != 0 && cpu.register(0) == calledFid;
    }

    private @Nullable Trap proceed(VirtualCpu cpu) {
        if (current == null) {
            if (index == steps.size()) {
                status = new GuestStatus.Waiting();
                return null;
            }
            current = StepRun.of(steps.get(index), vcpus);
        }
        Trap trap = current.proceed(cpu);
        if (trap != null) {
            return trap;
        }
        switch (current.end()) {
            case DONE -> {
                current = null;
                index++;
            }
            case REJECTED -> status = new GuestStatus.Rejected();
            case REFUSED -> status = new GuestStatus.Refused();
            case WAITING -> status = new GuestStatus.Waiting();
        }
        return null;
    }

    private void abort() {
        // Only these steps access memory themselves; everything else goes through the RMM.
        status = switch (steps.get(index)) {
            case GuestStep.Touch(Access access, var ipa) -> new GuestStatus.Aborted(access, ipa.value(), index);
            case GuestStep.HostCall(int imm, var buffer) ->
                new GuestStatus.Aborted(Access.WRITE, buffer.value(), index);
            case GuestStep.Attest(var page) -> new GuestStatus.Aborted(Access.WRITE, page.value(), index);
            default -> throw new IllegalStateException("step " + index + " was aborted without touching memory");
        };
    }
}
