package io.realmwright.machine.rmm;

import org.jspecify.annotations.Nullable;

/** A vCPU, as its REC granule describes it (reference section 6.3). */
final class Rec {
    final long address;
    final Realm realm;
    final int index;
    final long[] auxiliaryGranules;
    final VirtualCpu cpu;

    boolean runnable;
    boolean running;

    /** The guest's RIPAS request that the host has not answered by entering again; none if base equals top. */
    long ripasBase;

    long ripasTop;
    /** The first IPA that RMI_RTT_SET_RIPAS has not reached. */
    long ripasCursor;

    int ripasValue;
    boolean ripasChangesDestroyed;

    /** The MPIDR index that a PSCI call asks about until RMI_PSCI_COMPLETE; -1 without one. */
    long psciTarget = -1;

    boolean psciIsCpuOn;
    long psciEntry;
    long psciContext;

    /** Where the guest's host call structure is while the host serves it; -1 without one. */
    long hostCallIpa = -1;

    /** The token that RSI_ATTESTATION_TOKEN_CONTINUE hands out; null if none was begun, or all of it was taken. */
    byte @Nullable [] token;

    int tokenBytesTaken;

    /** What the host may answer to the last exit. */
    LastExit lastExit = LastExit.OTHER;

    /** Register, size and signedness of an emulatable access (ESR_EL2.ISS of the data abort). */
    long emulatedIss;

    enum LastExit {
        OTHER,
        /** A data abort at an unprotected IPA that the host can only answer with an abort. */
        UNPROTECTED_ABORT,
        /** One that the host can also emulate. */
        EMULATABLE_ABORT
    }

    private Rec(long address, Realm realm, int index, long[] auxiliaryGranules, VirtualCpu cpu) {
        this.address = address;
        this.realm = realm;
        this.index = index;
        this.auxiliaryGranules = auxiliaryGranules;
        this.cpu = cpu;
    }

    /** The next vCPU of a realm; one that is runnable shows in the RIM. */
    static Rec create(Realm realm, long address, long[] auxiliaryGranules, RecParams params, Stage2 stage2) {
        Rec rec = new Rec(address, realm, realm.recCount, auxiliaryGranules, new VirtualCpu(address, stage2));
        System.arraycopy(params.registers(), 0, rec.cpu.registers, 0, RecParams.REGISTERS);
        rec.cpu.pc = params.pc();
        rec.runnable = params.runnable();
        if (rec.runnable) {
            realm.measurement.extendRec(params);
        }
        realm.recCount++;
        realm.liveRecs++;
        return rec;
    }

    boolean hasRipasRequest() {
        return ripasBase != ripasTop;
    }

    boolean hasPsciRequest() {
        return psciTarget >= 0;
    }
}
