package io.realmwright.machine.rmm;

/** RMI_PSCI_COMPLETE: the host names the REC that a guest's CPU_ON or AFFINITY_INFO is about (reference 4.23). */
final class PsciCompletion {
    private final RmmState rmm;

    PsciCompletion(RmmState rmm) {
        this.rmm = rmm;
    }

    long complete(long callingAddress, long targetAddress, long status) {
        Rec caller = rmm.granules.rec(callingAddress);
        Rec target = rmm.granules.rec(targetAddress);
        if (caller == null
                || target == null
                || caller == target
                || caller.running
                || !caller.hasPsciRequest()
                || caller.realm != target.realm
                || caller.psciTarget != target.index) {
            return RmiStatus.ERROR_INPUT;
        }
        boolean mayDeny = caller.psciIsCpuOn && status == PsciCalls.DENIED;
        if (status != PsciCalls.SUCCESS && !mayDeny) {
            return RmiStatus.ERROR_INPUT;
        }
        boolean alreadyOn = target.running || target.runnable;
        long result = caller.psciIsCpuOn
                ? cpuOn(caller, target, alreadyOn, status)
                : alreadyOn ? PsciCalls.AFFINITY_ON : PsciCalls.AFFINITY_OFF;
        caller.cpu.answer(result, 0, 0, 0);
        caller.psciTarget = -1;
        // Denying what is already on is the host's mistake, yet the guest has its answer.
        return alreadyOn && mayDeny ? RmiStatus.ERROR_INPUT : RmiStatus.SUCCESS;
    }

    private static long cpuOn(Rec caller, Rec target, boolean alreadyOn, long status) {
        if (alreadyOn) {
            return PsciCalls.ALREADY_ON;
        }
        if (status == PsciCalls.DENIED) {
            return PsciCalls.DENIED;
        }
        target.cpu.registers[0] = caller.psciContext;
        target.cpu.pc = caller.psciEntry;
        target.runnable = true;
        return PsciCalls.SUCCESS;
    }
}
