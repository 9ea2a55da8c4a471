package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/** Who promised which memory: RMI_RTT_INIT_RIPAS and RMI_RTT_SET_RIPAS (reference sections 4.17 and 4.18). */
sealed class RipasCommands permits RipasCommands1_0 {
    private final RmmState rmm;

    RipasCommands(RmmState rmm) {
        this.rmm = rmm;
    }

    /** Declares RAM in a NEW realm. */
    long init(long rd, long base, long top, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null
                || Long.compareUnsigned(top, base) <= 0
                || !Granule.isAligned(base)
                || !Granule.isAligned(top)
                || !realm.isProtected(base)
                || !realm.isProtected(top - Granule.SIZE_BYTES)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.state != RealmState.NEW) {
            return RmiStatus.ERROR_REALM;
        }
        long cursor = declare(realm, base, top);
        if (cursor == base) {
            return RmiStatus.errorRtt(rmm.walk.level());
        }
        out[1] = cursor;
        return RmiStatus.SUCCESS;
    }

    /** RMM 2.0 does not measure what is declared; the result is that of {@link #sweep}. */
    long declare(Realm realm, long base, long top) {
        return sweep(realm, base, top, Rtte.RAM, false);
    }

    /** Carries out as much as one table holds of the change that the guest of {@code recAddress} asked for. */
    long set(long rd, long recAddress, long base, long top, long[] out) {
        if (Long.compareUnsigned(top, base) <= 0 || !Granule.isAligned(top)) {
            return RmiStatus.ERROR_INPUT;
        }
        Realm realm = rmm.granules.realm(rd);
        Rec rec = rmm.granules.rec(recAddress);
        if (realm == null || rec == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (rec.running || rec.realm != realm) {
            return RmiStatus.ERROR_REC;
        }
        if (base != rec.ripasCursor || Long.compareUnsigned(top, rec.ripasTop) > 0) {
            return RmiStatus.ERROR_INPUT;
        }
        long cursor = sweep(realm, base, top, rec.ripasValue, mayChangeDestroyed(rec));
        if (cursor == base) {
            return RmiStatus.errorRtt(rmm.walk.level());
        }
        rec.ripasCursor = cursor;
        out[1] = cursor;
        return RmiStatus.SUCCESS;
    }

    /** Whether the guest's request reaches DESTROYED entries. */
    boolean mayChangeDestroyed(Rec rec) {
        return rec.ripasValue == Rtte.EMPTY || rec.ripasChangesDestroyed;
    }

    /**
     * Changes the RIPAS of the entries of the one table that maps {@code base}.
     *
     * @return the first IPA not changed, {@code base} if there was no progress
     */
    private long sweep(Realm realm, long base, long top, int ripas, boolean destroyedToo) {
        RttWalk walk = rmm.walk.to(realm, base, Rtt.LEAF_LEVEL);
        long size = Rtt.entrySize(walk.level());
        if (!Rtt.isAligned(base, walk.level())) {
            return base;
        }
        long[] entries = walk.table.entries;
        long cursor = base;
        for (int i = walk.index; i < Rtt.ENTRIES && cursor + size <= top; i++) {
            long entry = entries[i];
            boolean changes =
                    !Rtte.isTable(entry) && !Rtte.isNs(entry) && (Rtte.ripas(entry) != Rtte.DESTROYED || destroyedToo);
            if (!changes) {
                break;
            }
            entries[i] = Rtte.withRipas(entry, ripas);
            cursor += size;
        }
        return cursor;
    }
}
