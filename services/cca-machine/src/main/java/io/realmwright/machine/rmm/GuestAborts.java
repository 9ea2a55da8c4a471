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
    private static final int EC_HVC = 0x16;
    private static final int EC_SYSTEM_REGISTER = 0x18;
    private static final int EC_SVE = 0x19;
    private static final int EC_SME = 0x1d;

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
    private static final long EXTERNAL_ABORT_ON_WALK_FIRST = 0x13;
    private static final long EXTERNAL_ABORT_ON_WALK_LAST = 0x17;
    private static final long TRANSLATION_FAULT = 0x04;
    private static final long FSC_LEVEL = 3;
    private static final int XZR = 31;

    /** FIPA of HPFAR_EL2: bits 51:12 of the IPA. */
    private static final long HPFAR_FIPA = 0xfff_ffff_fff0L;

    /** Of a trapped access to a system register: whether it reads, and where to. */
    private static final long SYSTEM_REGISTER_READ = 1;

    private static final int SYSTEM_REGISTER_RT_SHIFT = 5;

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
            // Undefined in a realm.
            case EC_HVC, EC_SVE, EC_SME -> inject(rec);
            case EC_SYSTEM_REGISTER -> ignoreSystemRegister(rec, esr);
            // Unhandled: the host sees that there was an exit, and nothing of why.
            default -> exitWith(0, 0);
        };
    }

    /** No trapped register is modelled: they read as zero, and writes vanish. */
    private static boolean ignoreSystemRegister(Rec rec, long esr) {
        int target = (int) (esr >> SYSTEM_REGISTER_RT_SHIFT) & XZR;
        if ((esr & SYSTEM_REGISTER_READ) != 0 && target != XZR) {
            rec.cpu.registers[target] = 0;
        }
        rec.cpu.pc += 4;
        return true;
    }

    private boolean serveAbort(Rec rec, long esr, boolean data) {
        long ipa = (rec.cpu.hpfar & HPFAR_FIPA) << 8;
        if (isExternal(esr & FSC)) {
            if (data && !rec.realm.isProtected(ipa)) {
                rec.lastExit = LastExit.UNPROTECTED_ABORT;
            }
            return serveExternalAbort(rec, esr);
        }
        if (!rec.realm.isInIpaSpace(ipa)) {
            return inject(rec);
        }
        if (rec.realm.isProtected(ipa)) {
            boolean empty = rmm.stage2.translateForRmm(rec.realm, ipa) == Stage2.RIPAS_EMPTY;
            if (empty) {
                return inject(rec);
            }
            // The reference takes no other fault of an instruction fetch for possible.
            boolean handled = data || (esr & FSC & ~FSC_LEVEL) == TRANSLATION_FAULT;
            return handled ? exitWith(esr & ABORT_FIELDS, rec.cpu.hpfar) : exitWith(0, 0);
        }
        return data ? serveUnprotectedAbort(rec, esr) : inject(rec);
    }

    private static boolean isExternal(long fsc) {
        return fsc == EXTERNAL_ABORT || (fsc >= EXTERNAL_ABORT_ON_WALK_FIRST && fsc <= EXTERNAL_ABORT_ON_WALK_LAST);
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
     * The exit for a page of the guest that the RMM itself needed and did not find (reference section 6.5). Unlike the
     * hardware, the RMM shows where in the page, too.
     */
    boolean exitForMissingPage(Rec rec, long ipa) {
        int level = rmm.walk.to(rec.realm, ipa, Rtt.LEAF_LEVEL).level();
        return exitWith(((long) EC_DATA_ABORT << 26) | (TRANSLATION_FAULT + level), ipa >>> 8);
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
