package io.realmwright.machine.rmm;

import io.realmwright.machine.rmm.Rec.LastExit;

/**
 * Synchronous exceptions from a guest: which the host sees, which only the realm sees, and how much of the syndrome is
 * shown (reference section 6.5).
 */
sealed class GuestAborts permits GuestAborts1_0 {
    private static final int EC_WFX = 0x01;
    private static final int EC_INSTRUCTION_ABORT = 0x20;
    private static final int EC_DATA_ABORT = 0x24;
    private static final int EC_FP = 0x07;

    private static final long EC = 0x3fL << 26;
    private static final long IL = 1L << 25;
    private static final long ISV = 1L << 24;
    private static final long SAS = 3L << 22;
    private static final long SSE = 1L << 21;
    private static final long SF = 1L << 15;
    private static final long SET = 3L << 11;
    private static final long FNV = 1L << 10;
    private static final long EA = 1L << 9;
    private static final long WNR = 1L << 6;
    private static final long FSC = 0x3f;
    private static final long WFX_TI = 1;

    private static final long ABORT_FIELDS = EC | SET | FNV | EA | FSC;
    private static final long EMULATION_FIELDS = ISV | SAS | SF | WNR;
    private static final long EXTERNAL_ABORT = 0x10;
    private static final long TRANSLATION_FAULT = 0x04;
    private static final int XZR = 31;

    private final RmmState rmm;
    private final RunPage exit;

    GuestAborts(RmmState rmm, RunPage exit) {
        this.rmm = rmm;
        this.exit = exit;
    }

    /** Whether the guest goes on without the host. */
    boolean serve(Rec rec) {
        long esr = rec.cpu.esr;
        return switch ((int) (esr >>> 26) & 0x3f) {
            case EC_DATA_ABORT -> serveAbort(rec, esr, true);
            case EC_INSTRUCTION_ABORT -> serveAbort(rec, esr, false);
            case EC_WFX -> {
                rec.cpu.pc += 4;
                yield exitWith(esr & (EC | WFX_TI), 0);
            }
            case EC_FP -> true;
            // HVC at EL1 and whatever else is not the realm's to do is undefined there.
            default -> inject(rec);
        };
    }

    private boolean serveAbort(Rec rec, long esr, boolean data) {
        if ((esr & FSC) == EXTERNAL_ABORT) {
            return serveExternalAbort(rec, esr);
        }
        long ipa = (rec.cpu.hpfar >>> 4) << 12;
        if (!rec.realm.isInIpaSpace(ipa)) {
            return inject(rec);
        }
        if (rec.realm.isProtected(ipa)) {
            boolean empty = rmm.stage2.translateForRmm(rec.realm, ipa) == Stage2.RIPAS_EMPTY;
            return empty ? inject(rec) : exitWith(esr & ABORT_FIELDS, rec.cpu.hpfar);
        }
        return data ? serveUnprotectedAbort(rec, esr) : inject(rec);
    }

    private boolean serveExternalAbort(Rec rec, long esr) {
        if ((esr & SET) == 0) {
            rec.cpu.injectAbort();
        }
        return exitWith(esr & ABORT_FIELDS, 0);
    }

    /** A data abort in the unprotected half: the host sees just what it needs to emulate the access, if it can. */
    boolean serveUnprotectedAbort(Rec rec, long esr) {
        if (!isEmulatable(esr)) {
            rec.lastExit = LastExit.UNPROTECTED_ABORT;
            return exitWith(esr & (ABORT_FIELDS | IL), rec.cpu.hpfar);
        }
        return exitForEmulation(rec, esr);
    }

    static boolean isEmulatable(long esr) {
        return (esr & ISV) != 0;
    }

    final boolean exitForEmulation(Rec rec, long esr) {
        rec.lastExit = isEmulatable(esr) ? LastExit.EMULATABLE_ABORT : LastExit.UNPROTECTED_ABORT;
        rec.emulatedIss = esr;
        exit.set(RunPage.FAR, rec.cpu.far & 0xfff);
        if ((esr & WNR) != 0) {
            exit.setGpr(0, register(rec, target(esr)) & accessMask(esr));
        }
        return exitWith(esr & (ABORT_FIELDS | EMULATION_FIELDS), rec.cpu.hpfar);
    }

    /** The host has emulated the access of the last exit: gives a read its value and steps over the instruction. */
    void completeMmio(Rec rec, long value) {
        long esr = rec.emulatedIss;
        int target = target(esr);
        if ((esr & WNR) == 0 && target != XZR) {
            rec.cpu.registers[target] = loaded(value, esr);
        }
        rec.cpu.pc += 4;
    }

    private static long loaded(long value, long esr) {
        long masked = value & accessMask(esr);
        if ((esr & SSE) == 0) {
            return masked;
        }
        int unused = Long.SIZE - accessBits(esr);
        long extended = masked << unused >> unused;
        return (esr & SF) == 0 ? extended & 0xffff_ffffL : extended;
    }

    private static int accessBits(long esr) {
        return 8 << ((esr & SAS) >> 22);
    }

    private static long accessMask(long esr) {
        return -1L >>> (Long.SIZE - accessBits(esr));
    }

    private static int target(long esr) {
        return (int) (esr >> 16) & 0x1f;
    }

    private static long register(Rec rec, int number) {
        return number == XZR ? 0 : rec.cpu.registers[number];
    }

    /**
     * A page of the guest that an RSI call needs is not there. EMPTY is the guest's own mistake; anything else is the
     * host's to mend. The instruction has not been completed then, and its registers are as they were: the guest executes
     * it again.
     */
    boolean pageMissing(Rec rec, long ipa, long translation) {
        return translation == Stage2.RIPAS_EMPTY
                ? RsiCalls.answer(rec, RsiCalls.ERROR_INPUT, 0, 0)
                : exitForMissingPage(rec, ipa);
    }

    /** The exit for a page of the guest that the RMM itself needed and did not find (reference section 6.5). */
    boolean exitForMissingPage(Rec rec, long ipa) {
        int level = rmm.walk.to(rec.realm, ipa, Rtt.LEAF_LEVEL).level();
        return exitWith(((long) EC_DATA_ABORT << 26) | (TRANSLATION_FAULT + level), (ipa >>> 12) << 4);
    }

    private boolean exitWith(long esr, long hpfar) {
        exit.set(RunPage.EXIT_REASON, RunPage.REASON_SYNC);
        exit.set(RunPage.ESR, esr);
        exit.set(RunPage.HPFAR, hpfar);
        return false;
    }

    private static boolean inject(Rec rec) {
        rec.cpu.injectAbort();
        return true;
    }
}
