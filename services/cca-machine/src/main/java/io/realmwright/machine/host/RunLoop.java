package io.realmwright.machine.host;

import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.rmm.Mpidr;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.RunPage;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.vcpu.GuestStatus;
import org.jspecify.annotations.Nullable;

/** Runs the vCPUs of one realm in turn and serves their exits until there is an outcome (reference section 11.5). */
final class RunLoop {
    /** How often the same exit without any progress is taken for good will. */
    private static final int EQUAL_EXITS_MAX = 16;

    private static final long PSCI_CPU_OFF = 0x84000002L;
    private static final long PSCI_CPU_ON = 0x84000003L;
    private static final long PSCI_AFFINITY_INFO = 0x84000004L;
    private static final long PSCI_SYSTEM_OFF = 0x84000008L;
    private static final long PSCI_SYSTEM_RESET = 0x84000009L;
    private static final long SMC64 = 1L << 30;
    private static final long ESR_ISV = 1L << 24;

    private final Kernel kernel;
    private final HostedRealm realm;
    private final RipasRequests requests;
    private final FaultReport faults;
    private ExitSeen lastExit = new ExitSeen(0, 0, 0);
    private int equalExits;

    RunLoop(Kernel kernel, HostedRealm realm, RunTimeVerdict verdict) {
        this.kernel = kernel;
        this.realm = realm;
        this.requests = new RipasRequests(kernel, realm, verdict);
        this.faults = new FaultReport(kernel, realm);
    }

    /** An exit, as far as it tells whether the guest got any further since the one before. */
    private record ExitSeen(int vcpu, long reason, long address) {}

    Outcome run() {
        try {
            while (true) {
                boolean anyRunning = false;
                for (Vcpu vcpu : realm.vcpus()) {
                    if (vcpu.on && vcpu.thread.status() instanceof GuestStatus.Running) {
                        anyRunning = true;
                        Outcome outcome = enter(vcpu);
                        if (outcome != null) {
                            return outcome;
                        }
                    }
                }
                if (!anyRunning) {
                    return new Outcome.Stalled(Outcome.Stalled.Reason.IDLE);
                }
            }
        } catch (RmiRefusedException e) {
            return new Outcome.HostFailed(e.refusal());
        } catch (OutOfGranulesException e) {
            return new Outcome.Stalled(Outcome.Stalled.Reason.OUT_OF_GRANULES);
        }
    }

    private @Nullable Outcome enter(Vcpu vcpu) throws RmiRefusedException, OutOfGranulesException {
        kernel.rmi.demand(RmiCommand.RMI_REC_ENTER, null, vcpu.rec.address(), vcpu.runPage);
        long answered = kernel.pages.read(vcpu.runPage, RunPage.ENTER_FLAGS);
        if (answered != 0) {
            kernel.pages.write(vcpu.runPage, RunPage.ENTER_FLAGS, 0);
        }
        Outcome outcome = serve(vcpu);
        return outcome != null ? outcome : silentOutcome(vcpu);
    }

    private @Nullable Outcome serve(Vcpu vcpu) throws RmiRefusedException, OutOfGranulesException {
        long reason = exit(vcpu, RunPage.EXIT_REASON);
        if (reason == RunPage.REASON_SYNC) {
            return serveAbort(vcpu);
        } else if (reason == RunPage.REASON_RIPAS_CHANGE) {
            boolean stuck = isStuck(vcpu, reason, exit(vcpu, RunPage.RIPAS_BASE));
            return stuck ? noProgress() : requests.serve(vcpu);
        } else if (reason == RunPage.REASON_PSCI) {
            return servePsci(vcpu);
        } else if (reason == RunPage.REASON_HOST_CALL) {
            boolean booted = exit(vcpu, RunPage.HOST_CALL_IMM) == GuestStep.HostCall.BOOT_COMPLETE;
            return booted ? new Outcome.Booted() : null;
        }
        // An interrupt: the host has handled it by now.
        return null;
    }

    /** What has become of the guest without any exit that would tell a real host. */
    private @Nullable Outcome silentOutcome(Vcpu vcpu) {
        return switch (vcpu.thread.status()) {
            case GuestStatus.Running running -> null;
            case GuestStatus.Waiting waiting -> null;
            case GuestStatus.Aborted aborted -> faults.report(aborted);
            case GuestStatus.Rejected rejected -> new Outcome.Stalled(Outcome.Stalled.Reason.RIPAS_REJECTED);
            case GuestStatus.Refused refused -> new Outcome.Stalled(Outcome.Stalled.Reason.RSI_REFUSED);
        };
    }

    private @Nullable Outcome serveAbort(Vcpu vcpu) throws RmiRefusedException, OutOfGranulesException {
        long ipa = exit(vcpu, RunPage.HPFAR) << 8;
        if (isStuck(vcpu, RunPage.REASON_SYNC, ipa)) {
            return noProgress();
        }
        if (ipa < realm.spec().protectedTop()) {
            boolean backed = realm.guestMemfdRanges().stream().anyMatch(range -> range.contains(ipa));
            if (!backed) {
                return new Outcome.Stalled(Outcome.Stalled.Reason.NO_MEMSLOT);
            }
            realm.memory().mapProtected(ipa);
        } else if (isBackedAlias(ipa)) {
            realm.memory().mapShared(ipa);
        } else {
            answerDevice(vcpu);
        }
        return null;
    }

    /** Whether a memslot lies behind an unprotected IPA: then it is shared memory, and otherwise a device. */
    private boolean isBackedAlias(long ipa) {
        var alias = IpaRange.of(ipa - realm.spec().protectedTop(), Granule.SIZE_BYTES);
        return realm.spec().memslots().stream().anyMatch(slot -> slot.range().contains(alias));
    }

    /** No device is modelled: reads give zero, writes vanish, and what cannot be emulated is aborted. */
    private void answerDevice(Vcpu vcpu) {
        boolean emulatable = (exit(vcpu, RunPage.ESR) & ESR_ISV) != 0;
        long flags = emulatable ? RunPage.ENTER_EMUL_MMIO : RunPage.ENTER_INJECT_SEA;
        kernel.pages.write(vcpu.runPage, RunPage.ENTER_FLAGS, flags);
    }

    private @Nullable Outcome servePsci(Vcpu vcpu) throws RmiRefusedException {
        long call = exit(vcpu, RunPage.GPRS) & ~SMC64;
        if (call == PSCI_SYSTEM_OFF || call == PSCI_SYSTEM_RESET) {
            return new Outcome.PoweredOff();
        } else if (call == PSCI_CPU_OFF) {
            vcpu.on = false;
        } else if (call == PSCI_CPU_ON || call == PSCI_AFFINITY_INFO) {
            Vcpu target = realm.vcpus().get((int) Mpidr.indexOfGuest(exit(vcpu, RunPage.GPRS + Long.BYTES)));
            kernel.rmi.demand(
                    RmiCommand.RMI_PSCI_COMPLETE, null, vcpu.rec.address(), target.rec.address(), RmiStatus.SUCCESS);
            target.on |= call == PSCI_CPU_ON;
        }
        return null;
    }

    private boolean isStuck(Vcpu vcpu, long reason, long address) {
        var exit = new ExitSeen(vcpu.index, reason, address);
        equalExits = exit.equals(lastExit) ? equalExits + 1 : 0;
        lastExit = exit;
        return equalExits >= EQUAL_EXITS_MAX;
    }

    private static Outcome noProgress() {
        return new Outcome.Stalled(Outcome.Stalled.Reason.NO_PROGRESS);
    }

    private long exit(Vcpu vcpu, int field) {
        return kernel.pages.read(vcpu.runPage, RunPage.EXIT + field);
    }
}
