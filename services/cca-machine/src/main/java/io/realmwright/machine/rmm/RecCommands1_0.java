package io.realmwright.machine.rmm;

import java.util.HashSet;
import java.util.Set;

/** The life of vCPUs in RMM 1.0: one call each, with the auxiliary granules in the parameters (reference section 15). */
final class RecCommands1_0 {
    private static final int AUXILIARY_GRANULES = 16;
    private static final int AUX_COUNT_OFFSET = 0x800;
    private static final int AUX_OFFSET = 0x808;

    private final RmmState rmm;

    RecCommands1_0(RmmState rmm) {
        this.rmm = rmm;
    }

    long auxCount(long rd, long[] out) {
        if (rmm.granules.realm(rd) == null) {
            return RmiStatus.ERROR_INPUT;
        }
        out[1] = AUXILIARY_GRANULES;
        return RmiStatus.SUCCESS;
    }

    long create(long rd, long address, long page) {
        if (!rmm.isHostPage(page)) {
            return RmiStatus.ERROR_INPUT;
        }
        // Like other 32-bit values of the host it is read without its upper half.
        long auxCount = rmm.memory.readWord(page + AUX_COUNT_OFFSET) & 0xffff_ffffL;
        if (auxCount > AUXILIARY_GRANULES) {
            return RmiStatus.ERROR_INPUT;
        }
        long[] auxiliary = new long[(int) auxCount];
        for (int i = 0; i < auxiliary.length; i++) {
            auxiliary[i] = rmm.memory.readWord(page + AUX_OFFSET + 8L * i);
        }
        Realm realm = rmm.granules.realm(rd);
        if (!areFree(address, auxiliary) || realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (realm.isFull() || realm.state != RealmState.NEW) {
            return RmiStatus.ERROR_REALM;
        }
        RecParams params = RecParams.read(rmm.memory, page);
        if (!params.hasIndex(realm.recCount) || auxCount != AUXILIARY_GRANULES) {
            return RmiStatus.ERROR_INPUT;
        }
        create(realm, address, auxiliary, params);
        return RmiStatus.SUCCESS;
    }

    /** Whether all are DELEGATED, and none is named twice. */
    private boolean areFree(long address, long[] auxiliary) {
        Set<Long> named = new HashSet<>();
        boolean free = rmm.granules.is(address, GranuleState.DELEGATED) && named.add(address);
        for (long granule : auxiliary) {
            free = free && rmm.granules.is(granule, GranuleState.DELEGATED) && named.add(granule);
        }
        return free;
    }

    private void create(Realm realm, long address, long[] auxiliary, RecParams params) {
        Rec rec = Rec.create(realm, address, auxiliary, params, rmm.stage2);
        for (long granule : auxiliary) {
            rmm.granules.become(granule, GranuleState.REC_AUX);
        }
        rmm.granules.become(address, GranuleState.REC, rec);
    }

    /** Does not lower the number of the next REC: indices are never used again. */
    long destroy(long address) {
        Rec rec = rmm.granules.rec(address);
        if (rec == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (rec.running) {
            return RmiStatus.ERROR_REC;
        }
        for (long granule : rec.auxiliaryGranules) {
            rmm.granules.become(granule, GranuleState.DELEGATED);
        }
        rec.realm.liveRecs--;
        rmm.granules.become(address, GranuleState.DELEGATED);
        return RmiStatus.SUCCESS;
    }
}
