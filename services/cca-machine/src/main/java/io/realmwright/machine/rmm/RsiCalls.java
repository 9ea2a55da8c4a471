package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/** What a realm may ask the RMM (reference section 10). Each call says whether the guest goes on without the host. */
sealed class RsiCalls permits RsiCalls1_0 {
    static final long SUCCESS = 0;
    static final long ERROR_INPUT = 1;
    private static final long ERROR_STATE = 2;

    static final int HOST_CALL_GPRS = 8;
    private static final int HOST_CALL_ALIGNMENT = 256;
    static final long RSI_1_0 = 0x10000;
    private static final long RSI_1_1 = 0x10001;
    static final int RPV_OFFSET = 0x200;
    /** ICH_VTR_EL2 of the recorded machine, 0x14000000: one list register, six preemption bits. */
    private static final byte[] GICV3_VTR = {0, 0, 0, 0x14};

    /** Permissions of plane 0 under overlay index 0: read, write and execute, privileged or not. */
    private static final long PLANE_0_PERMISSIONS = 0xf;

    private static final int OVERLAY_INDEXES = 15;

    private final RmmState rmm;
    private final RunPage exit;
    private final GuestAborts aborts;

    RsiCalls(RmmState rmm, RunPage exit, GuestAborts aborts) {
        this.rmm = rmm;
        this.exit = exit;
        this.aborts = aborts;
    }

    /** The command with this FID, null if a realm gets NOT_SUPPORTED for it. */
    @Nullable
    RsiCommand find(long fid) {
        return RsiCommand.of(fid);
    }

    boolean serve(Rec rec, RsiCommand command) {
        long[] x = rec.cpu.registers;
        return switch (command) {
            case RSI_VERSION -> version(rec, x[1]);
            case RSI_FEATURES -> answer(rec, SUCCESS, 0, 0);
            case RSI_REALM_CONFIG -> realmConfig(rec, x[1]);
            case RSI_IPA_STATE_SET -> ipaStateSet(rec, x[1], x[2], (int) x[3], (int) x[4]);
            case RSI_IPA_STATE_GET -> ipaStateGet(rec, x[1], x[2]);
            case RSI_MEASUREMENT_READ -> measurementRead(rec, x[1]);
            case RSI_MEASUREMENT_EXTEND -> measurementExtend(rec, x[1], x[2]);
            case RSI_HOST_CALL -> hostCall(rec, x[1]);
            // No token generation is ever under way: RSI_ATTEST_TOKEN_INIT is not modelled yet.
            case RSI_ATTEST_TOKEN_CONTINUE -> answer(rec, ERROR_STATE, 0, 0);
            case RSI_MEM_GET_PERM_VALUE -> permissions(rec, x[1], x[2]);
            case RSI_MEM_SET_PERM_VALUE, RSI_PLANE_ENTER -> answer(rec, ERROR_INPUT, 0, 0);
        };
    }

    static boolean answer(Rec rec, long status, long x1, long x2) {
        rec.cpu.answer(status, x1, x2, 0);
        return true;
    }

    boolean version(Rec rec, long requested) {
        boolean supported = requested == RSI_1_0 || requested == RSI_1_1;
        return answer(rec, supported ? SUCCESS : ERROR_INPUT, supported ? requested : RSI_1_1, RSI_1_1);
    }

    private boolean realmConfig(Rec rec, long ipa) {
        Realm realm = rec.realm;
        if (!Granule.isAligned(ipa) || !realm.isProtected(ipa)) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        long granule = rmm.stage2.translateForRmm(realm, ipa);
        if (granule < 0) {
            return pageMissing(rec, ipa, granule);
        }
        writeRealmConfig(realm, granule);
        return answer(rec, SUCCESS, 0, 0);
    }

    /** RsiRealmConfig (reference section 5.7). What lies between its fields keeps what the guest had there. */
    void writeRealmConfig(Realm realm, long page) {
        // The reference reports a SHA-384 realm as SHA-512: RSI has no number for it.
        boolean sha256 = realm.measurement.algorithm() == HashAlgorithm.SHA_256;
        rmm.memory.writeWord(page, realm.ipaBits);
        rmm.memory.write(page + 0x8, new byte[] {(byte) (sha256 ? 0 : 1)}, 0, 1);
        rmm.memory.writeWord(page + 0x10, realm.extensions.auxiliaryPlanes());
        rmm.memory.write(page + 0x18, GICV3_VTR, 0, GICV3_VTR.length);
        rmm.memory.writeWord(page + 0x20, realm.extensions.atsPlane());
        rmm.memory.write(page + RPV_OFFSET, realm.rpv, 0, realm.rpv.length);
    }

    /**
     * EMPTY is the guest's own mistake; anything else is the host's to mend. The instruction has not been completed then,
     * and its registers are as they were: the guest executes it again.
     */
    private boolean pageMissing(Rec rec, long ipa, long translation) {
        if (translation == Stage2.RIPAS_EMPTY) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        return aborts.exitForMissingPage(rec, ipa);
    }

    /** RIPAS and flags are enumerations, of which the reference reads 32 bits. */
    private boolean ipaStateSet(Rec rec, long base, long top, int ripas, int flags) {
        Realm realm = rec.realm;
        boolean valid = (ripas == Rtte.EMPTY || ripas == Rtte.RAM)
                && Granule.isAligned(base)
                && Granule.isAligned(top)
                && Long.compareUnsigned(top, base) > 0
                && realm.isProtected(base)
                && realm.isProtected(top - Granule.SIZE_BYTES);
        if (!valid) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        rec.ripasBase = base;
        rec.ripasTop = top;
        rec.ripasCursor = base;
        rec.ripasValue = ripas;
        rec.ripasChangesDestroyed = flags == 1;
        exit.set(RunPage.EXIT_REASON, RunPage.REASON_RIPAS_CHANGE);
        exit.set(RunPage.RIPAS_BASE, base);
        exit.set(RunPage.RIPAS_TOP, top);
        exit.set(RunPage.RIPAS_VALUE, ripas);
        return false;
    }

    /** At most one table a call: the guest loops. */
    private boolean ipaStateGet(Rec rec, long start, long end) {
        Realm realm = rec.realm;
        boolean valid = Granule.isAligned(start)
                && Granule.isAligned(end)
                && Long.compareUnsigned(start, end) < 0
                && realm.isProtected(start)
                && realm.isProtected(end - 1);
        if (!valid) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        RttWalk walk = rmm.walk.to(realm, start, Rtt.LEAF_LEVEL);
        int ripas = Rtte.ripas(walk.entry());
        int next = walk.index + 1;
        while (next < Rtt.ENTRIES && isOf(walk.table.entries[next], ripas)) {
            next++;
        }
        return answer(rec, SUCCESS, Math.min(end, walk.table.ipaOf(next)), ripas);
    }

    private static boolean isOf(long entry, int ripas) {
        return !Rtte.isTable(entry) && Rtte.ripas(entry) == ripas;
    }

    private static boolean measurementRead(Rec rec, long slot) {
        if (slot < 0 || slot >= Measurement.SLOTS) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        rec.cpu.registers[0] = SUCCESS;
        for (int word = 0; word < Measurement.SLOT_BYTES / Long.BYTES; word++) {
            rec.cpu.registers[1 + word] = rec.realm.measurement.word((int) slot, word);
        }
        return true;
    }

    private static boolean measurementExtend(Rec rec, long slot, long size) {
        if (slot < 1 || slot >= Measurement.SLOTS || size < 0 || size > Measurement.SLOT_BYTES) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        byte[] value = new byte[Measurement.SLOT_BYTES];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (rec.cpu.registers[3 + i / Long.BYTES] >> (i % Long.BYTES * Byte.SIZE));
        }
        rec.realm.measurement.extendRem((int) slot, value, (int) size);
        return answer(rec, SUCCESS, 0, 0);
    }

    private boolean hostCall(Rec rec, long ipa) {
        Realm realm = rec.realm;
        if (ipa % HOST_CALL_ALIGNMENT != 0 || !realm.isProtected(ipa)) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        long structure = rmm.stage2.translateForRmm(realm, ipa);
        if (structure < 0) {
            return pageMissing(rec, ipa, structure);
        }
        exit.set(RunPage.EXIT_REASON, RunPage.REASON_HOST_CALL);
        exit.set(RunPage.HOST_CALL_IMM, rmm.memory.readWord(structure) & 0xffff_ffffL);
        for (int i = 0; i < VirtualCpu.REGISTERS; i++) {
            exit.setGpr(i, rmm.memory.readWord(structure + HOST_CALL_GPRS + (long) i * Long.BYTES));
        }
        rec.hostCallIpa = ipa;
        return false;
    }

    private static boolean permissions(Rec rec, long plane, long index) {
        if (plane != 0 || index < 0 || index >= OVERLAY_INDEXES) {
            return answer(rec, ERROR_INPUT, 0, 0);
        }
        return answer(rec, SUCCESS, index == 0 ? PLANE_0_PERMISSIONS : 0, 0);
    }
}
