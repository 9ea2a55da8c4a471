package io.realmwright.machine.rmm;

import io.realmwright.machine.guest.Access;

/** What the hardware makes of a guest's memory access, given the tables (reference section 6.5). */
final class Stage2 {
    /** RAM without contents, or DESTROYED: the host has to see to it. */
    static final long NOT_MAPPED = -1;
    /** The realm itself has not declared it. */
    static final long RIPAS_EMPTY = -2;

    private static final long EC_INSTRUCTION_ABORT = 0x20L << 26;
    private static final long EC_DATA_ABORT = 0x24L << 26;
    private static final long IL = 1L << 25;
    private static final long ISV_64_BIT = 1L << 24 | 3L << 22 | 1L << 15;
    private static final long WNR = 1L << 6;
    private static final long TRANSLATION_FAULT = 0x04;
    private static final long PERMISSION_FAULT = 0x0c;
    private static final long GRANULE_PROTECTION_FAULT = 0x28;

    private final RmmState rmm;

    Stage2(RmmState rmm) {
        this.rmm = rmm;
    }

    /** The address behind a mapped IPA in either half, whatever its RIPAS. */
    long translate(Realm realm, long ipa) {
        if (!realm.isInIpaSpace(ipa)) {
            return NOT_MAPPED;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, Rtt.LEAF_LEVEL);
        return Rtte.isAssigned(walk.entry()) ? outputAddress(walk, ipa) : NOT_MAPPED;
    }

    /** The address behind a protected IPA that the RMM accesses on behalf of the guest. */
    long translateForRmm(Realm realm, long ipa) {
        RttWalk walk = rmm.walk.to(realm, ipa, Rtt.LEAF_LEVEL);
        return switch (Rtte.ripas(walk.entry())) {
            case Rtte.EMPTY -> RIPAS_EMPTY;
            case Rtte.RAM -> Rtte.isAssigned(walk.entry()) ? outputAddress(walk, ipa) : NOT_MAPPED;
            default -> NOT_MAPPED;
        };
    }

    private static long outputAddress(RttWalk walk, long ipa) {
        return Rtte.address(walk.entry()) + (ipa & (Rtt.entrySize(walk.level()) - 1));
    }

    /** A guest's access of eight bytes; false leaves the syndrome of an abort in the CPU. */
    boolean touch(VirtualCpu cpu, Access access, long ipa, long value) {
        Rec rec = rmm.granules.rec(cpu.recAddress());
        if (rec == null) {
            throw new BrokenInvariant("a vCPU runs without a REC");
        }
        Realm realm = rec.realm;
        long fault = realm.isInIpaSpace(ipa) ? faultOf(realm, access, ipa) : TRANSLATION_FAULT;
        if (fault != 0) {
            cpu.syndrome(syndrome(realm, access, ipa, fault), ipa, (ipa >>> 12) << 4);
            return false;
        }
        long address = translate(realm, ipa) & -Long.BYTES;
        switch (access) {
            case READ, FETCH -> cpu.registers[0] = rmm.memory.readWord(address);
            case WRITE -> rmm.memory.writeWord(address, value);
        }
        return true;
    }

    /** The fault status code of the access, 0 if there is none. */
    private long faultOf(Realm realm, Access access, long ipa) {
        RttWalk walk = rmm.walk.to(realm, ipa, Rtt.LEAF_LEVEL);
        long entry = walk.entry();
        if (realm.isProtected(ipa)) {
            boolean accessible = Rtte.isAssigned(entry) && Rtte.ripas(entry) == Rtte.RAM;
            return accessible ? 0 : TRANSLATION_FAULT + walk.level();
        }
        if (!Rtte.isAssigned(entry)) {
            return TRANSLATION_FAULT + walk.level();
        }
        boolean permitted = switch (access) {
            case READ -> NsMapping.isReadable(entry);
            case WRITE -> NsMapping.isWritable(entry);
            case FETCH -> false;
        };
        if (!permitted) {
            return PERMISSION_FAULT + walk.level();
        }
        // The host may have mapped what it has delegated since, or never owned.
        return rmm.isNonSecure(outputAddress(walk, ipa)) ? 0 : GRANULE_PROTECTION_FAULT;
    }

    private static long syndrome(Realm realm, Access access, long ipa, long fault) {
        if (access == Access.FETCH) {
            return EC_INSTRUCTION_ABORT | IL | fault;
        }
        // Register X0, 64 bits: what a plain load or store reports, and lets a host emulate.
        long emulatable = realm.isUnprotected(ipa) ? ISV_64_BIT : 0;
        return EC_DATA_ABORT | IL | emulatable | (access == Access.WRITE ? WNR : 0) | fault;
    }
}
