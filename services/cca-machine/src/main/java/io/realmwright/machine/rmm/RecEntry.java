package io.realmwright.machine.rmm;

import io.realmwright.machine.rmm.Rec.LastExit;

/** RMI_REC_ENTER: into the guest, and out again at the first thing that the host has to see (reference 4.14). */
final class RecEntry {
    private final RmmState rmm;
    private final RunPage exit = new RunPage();
    private final GuestAborts aborts;
    private final RsiCalls rsi;
    private final PsciCalls psci;

    RecEntry(RmmState rmm) {
        this.rmm = rmm;
        this.aborts = new GuestAborts(rmm, exit);
        this.rsi = new RsiCalls(rmm, exit, aborts);
        this.psci = new PsciCalls(exit);
    }

    long enter(long address, long page) {
        if (!rmm.isHostPage(page)) {
            return RmiStatus.ERROR_INPUT;
        }
        Rec rec = rmm.granules.rec(address);
        if (rec == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (rec.running) {
            return RmiStatus.ERROR_REC;
        }
        if (rec.realm.state != RealmState.ACTIVE) {
            return RmiStatus.ERROR_REALM;
        }
        long flags = rmm.memory.readWord(page + RunPage.ENTER_FLAGS);
        if (!rec.runnable || rec.hasPsciRequest() || !canAnswerLastExit(rec, flags)) {
            return RmiStatus.ERROR_REC;
        }
        exit.clear();
        answerLastExit(rec, flags, page);
        rec.lastExit = LastExit.OTHER;
        if (rec.hostCallIpa < 0 || completeHostCall(rec, page)) {
            completeRipasRequest(rec, flags);
            run(rec);
        }
        exit.writeTo(rmm.memory, page);
        return RmiStatus.SUCCESS;
    }

    private static boolean canAnswerLastExit(Rec rec, long flags) {
        if ((flags & RunPage.ENTER_INJECT_SEA) != 0) {
            return rec.lastExit != LastExit.OTHER;
        }
        return (flags & RunPage.ENTER_EMUL_MMIO) == 0 || rec.lastExit == LastExit.EMULATABLE_ABORT;
    }

    private void answerLastExit(Rec rec, long flags, long page) {
        if ((flags & RunPage.ENTER_INJECT_SEA) != 0) {
            rec.cpu.injectAbort();
        } else if ((flags & RunPage.ENTER_EMUL_MMIO) != 0) {
            aborts.completeMmio(rec, rmm.memory.readWord(page + RunPage.ENTER_GPRS));
        }
    }

    /** Copies the host's answer into the guest's structure; false if its page is gone, which is an exit of its own. */
    private boolean completeHostCall(Rec rec, long page) {
        long granule = rmm.stage2.translateForRmm(rec.realm, rec.hostCallIpa);
        if (granule == Stage2.NOT_MAPPED) {
            aborts.exitForMissingPage(rec, rec.hostCallIpa);
            return false;
        }
        if (granule != Stage2.RIPAS_EMPTY) {
            for (int i = 0; i < VirtualCpu.REGISTERS; i++) {
                long value = rmm.memory.readWord(page + RunPage.ENTER_GPRS + (long) i * Long.BYTES);
                rmm.memory.writeWord(granule + RsiCalls.HOST_CALL_GPRS + (long) i * Long.BYTES, value);
            }
        }
        rec.cpu.registers[0] = RsiCalls.SUCCESS;
        rec.hostCallIpa = -1;
        return true;
    }

    /** A host that enters without a full RMI_RTT_SET_RIPAS lets the guest see how far it got, and may reject the rest. */
    private static void completeRipasRequest(Rec rec, long flags) {
        if (!rec.hasRipasRequest()) {
            return;
        }
        boolean rejected = rec.ripasValue == Rtte.RAM
                && rec.ripasCursor != rec.ripasTop
                && (flags & RunPage.ENTER_RIPAS_REJECT) != 0;
        rec.cpu.answer(RsiCalls.SUCCESS, rec.ripasCursor, rejected ? 1 : 0, 0);
        rec.ripasBase = 0;
        rec.ripasTop = 0;
        rec.ripasCursor = 0;
    }

    private void run(Rec rec) {
        rec.running = true;
        rec.realm.runningRecs++;
        boolean inGuest = !rec.smcToRepeat || serveSmc(rec);
        while (inGuest) {
            inGuest = serve(rec, rmm.guest.run(rec.cpu));
        }
        rec.realm.runningRecs--;
        rec.running = false;
    }

    /** Whether the guest goes on without the host. */
    private boolean serve(Rec rec, Trap trap) {
        return switch (trap) {
            case SMC -> serveSmc(rec);
            case SYNC -> aborts.serve(rec);
            case IRQ -> exitFor(RunPage.REASON_IRQ);
            case FIQ -> exitFor(RunPage.REASON_FIQ);
            case SERROR -> exitFor(RunPage.REASON_SERROR);
        };
    }

    private boolean serveSmc(Rec rec) {
        rec.smcToRepeat = false;
        long fid = rec.cpu.registers[0];
        RsiCommand command = RsiCommand.of(fid);
        return command == null ? psci.serve(rec, fid) : rsi.serve(rec, command);
    }

    private boolean exitFor(long reason) {
        exit.set(RunPage.EXIT_REASON, reason);
        return false;
    }
}
