package io.realmwright.machine.rmm;

import io.realmwright.machine.rmm.Rec.LastExit;

/** RMI_REC_ENTER: into the guest, and out again at the first thing that the host has to see (reference 4.14). */
sealed class RecEntry permits RecEntry1_0 {
    private final RmmState rmm;
    private final RunPage exit;
    private final GuestAborts aborts;
    private final RsiCalls rsi;
    private final PsciCalls psci;

    /** @param exit the page that {@code aborts} and {@code rsi} fill, too */
    RecEntry(RmmState rmm, RunPage exit, GuestAborts aborts, RsiCalls rsi) {
        this.rmm = rmm;
        this.exit = exit;
        this.aborts = aborts;
        this.rsi = rsi;
        this.psci = new PsciCalls(exit);
    }

    static RecEntry create(RmmState rmm) {
        var exit = new RunPage();
        var aborts = new GuestAborts(rmm, exit);
        return new RecEntry(rmm, exit, aborts, new RsiCalls(rmm, exit, aborts));
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
            return refusalIn(rec.realm.state);
        }
        long flags = rmm.memory.readWord(page + RunPage.ENTER_FLAGS);
        if (!rec.runnable || rec.hasPsciRequest() || !isGicStateValid(page) || !canAnswerLastExit(rec, flags)) {
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

    /** The answer for a realm that is not ACTIVE. */
    long refusalIn(RealmState state) {
        return RmiStatus.ERROR_REALM;
    }

    /** Whether the virtual interrupts that the host gives along can be delivered; in RMM 2.0 the page has none. */
    boolean isGicStateValid(long page) {
        return true;
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
        boolean inGuest;
        do {
            inGuest = serve(rec, rmm.guest.run(rec.cpu));
        } while (inGuest);
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
        RsiCommand command = rsi.find(FunctionId.of(rec.cpu.registers[0]));
        return command == null ? psci.serve(rec) : rsi.serve(rec, command);
    }

    private boolean exitFor(long reason) {
        exit.set(RunPage.EXIT_REASON, reason);
        return false;
    }
}
