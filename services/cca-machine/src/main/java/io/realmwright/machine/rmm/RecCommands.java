package io.realmwright.machine.rmm;

import io.realmwright.machine.rmm.RmiStatus.MemoryRequest;

/** The life of vCPUs (reference sections 4.12 and 4.13). Both commands are stateful operations. */
final class RecCommands {
    private final RmmState rmm;

    RecCommands(RmmState rmm) {
        this.rmm = rmm;
    }

    /** Asks for memory first; {@code rd} and {@code page} are looked at when the host continues. */
    long create(long rd, long address, long page, long[] out) {
        if (!rmm.granules.is(address, GranuleState.DELEGATED)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (!rmm.operations.hasFree()) {
            return RmiStatus.BLOCKED;
        }
        rmm.granules.become(address, GranuleState.PARTIAL);
        Sro operation = new Sro(MemoryRequest.DONATE, donated -> completeCreation(donated, rd, address, page));
        out[1] = rmm.operations.begin(operation);
        out[2] = operation.donateRequest();
        return RmiStatus.incomplete(operation.request);
    }

    private long completeCreation(Sro operation, long rd, long address, long page) {
        if (operation.failure != RmiStatus.SUCCESS) {
            rmm.granules.become(address, GranuleState.DELEGATED);
            return operation.failure;
        }
        Realm realm = rmm.granules.realm(rd);
        if (!rmm.isHostPage(page) || realm == null) {
            return operation.fail(RmiStatus.ERROR_INPUT);
        }
        if (realm.isFull() || realm.state != RealmState.NEW) {
            return operation.fail(RmiStatus.ERROR_REALM);
        }
        RecParams params = RecParams.read(rmm.memory, page);
        if (!params.hasIndex(realm.recCount)) {
            return operation.fail(RmiStatus.ERROR_INPUT);
        }
        Rec rec = Rec.create(realm, address, operation.granules, params, rmm.stage2);
        rmm.granules.become(address, GranuleState.REC, rec);
        return RmiStatus.SUCCESS;
    }

    long destroy(long address, long[] out) {
        if (!rmm.operations.hasFree()) {
            return RmiStatus.BLOCKED;
        }
        Rec rec = rmm.granules.rec(address);
        if (rec == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (rec.running) {
            return RmiStatus.ERROR_REC;
        }
        rec.realm.liveRecs--;
        rmm.granules.become(address, GranuleState.PARTIAL);
        Sro operation = new Sro(MemoryRequest.RECLAIM, reclaimed -> {
            rmm.granules.become(address, GranuleState.DELEGATED);
            return RmiStatus.SUCCESS;
        });
        System.arraycopy(rec.auxiliaryGranules, 0, operation.granules, 0, Sro.AUXILIARY_GRANULES);
        operation.held = Sro.AUXILIARY_GRANULES;
        out[1] = rmm.operations.begin(operation);
        return RmiStatus.incomplete(operation.request);
    }
}
