package io.realmwright.machine.rmm;

/** The PSCI and SMCCC calls of a guest (reference section 10.8); anything else is NOT_SUPPORTED. */
final class PsciCalls {
    static final long SUCCESS = 0;
    static final long NOT_SUPPORTED = -1;
    static final long INVALID_PARAMETERS = -2;
    static final long DENIED = -3;
    static final long ALREADY_ON = -4;
    private static final long INVALID_ADDRESS = -9;
    static final long AFFINITY_ON = 0;
    static final long AFFINITY_OFF = 1;

    private static final long SMCCC_VERSION = 0x80000000L;
    private static final long SMCCC_1_2 = 0x10002;
    private static final long PSCI_1_1 = 0x10001;

    /** Bit 30 tells the 64-bit form of a call from the 32-bit one. */
    private static final long SMC64 = 1L << 30;

    private static final long CPU_SUSPEND = 0x84000001L;
    private static final long CPU_OFF = 0x84000002L;
    private static final long CPU_ON = 0x84000003L;
    private static final long AFFINITY_INFO = 0x84000004L;
    private static final long SYSTEM_OFF = 0x84000008L;
    private static final long SYSTEM_RESET = 0x84000009L;
    private static final long FEATURES = 0x8400000AL;
    private static final long VERSION = 0x84000000L;

    private final RunPage exit;

    PsciCalls(RunPage exit) {
        this.exit = exit;
    }

    /** Whether the guest goes on without the host. */
    boolean serve(Rec rec) {
        long[] x = rec.cpu.registers;
        if (FunctionId.of(x[0]) == SMCCC_VERSION) {
            return answer(rec, SMCCC_1_2);
        }
        long fid = FunctionId.hinted(x[0]);
        boolean hasBothForms = isAnyOf(fid & ~SMC64, CPU_SUSPEND, CPU_ON, AFFINITY_INFO);
        long call = hasBothForms ? fid & ~SMC64 : fid;
        if (call == VERSION) {
            return answer(rec, PSCI_1_1);
        } else if (call == FEATURES) {
            return answer(rec, isFeature(FunctionId.hinted(x[1])) ? SUCCESS : NOT_SUPPORTED);
        } else if (call == CPU_ON) {
            return cpuOn(rec, x[1], x[2], x[3]);
        } else if (call == AFFINITY_INFO) {
            return affinityInfo(rec, x[1], x[2]);
        } else if (call == CPU_SUSPEND) {
            return tellHost(rec);
        } else if (call == CPU_OFF) {
            rec.runnable = false;
            return tellHost(rec);
        } else if (call == SYSTEM_OFF || call == SYSTEM_RESET) {
            rec.realm.state = RealmState.SYSTEM_OFF;
            return tellHost(rec);
        }
        return answer(rec, NOT_SUPPORTED);
    }

    private static boolean isFeature(long fid) {
        return fid == SMCCC_VERSION
                || isAnyOf(fid, CPU_OFF, SYSTEM_OFF, SYSTEM_RESET, FEATURES)
                || isAnyOf(fid & ~SMC64, CPU_SUSPEND, CPU_ON, AFFINITY_INFO);
    }

    private static boolean isAnyOf(long fid, long... fids) {
        for (long candidate : fids) {
            if (fid == candidate) {
                return true;
            }
        }
        return false;
    }

    private static boolean answer(Rec rec, long result) {
        rec.cpu.answer(result, 0, 0, 0);
        return true;
    }

    /** The host sees the FID as the guest wrote it. */
    private boolean tellHost(Rec rec) {
        exit.set(RunPage.EXIT_REASON, RunPage.REASON_PSCI);
        exit.setGpr(0, rec.cpu.registers[0]);
        answer(rec, SUCCESS);
        return false;
    }

    private boolean cpuOn(Rec rec, long mpidr, long entry, long context) {
        if (!rec.realm.isProtected(entry)) {
            return answer(rec, INVALID_ADDRESS);
        }
        long target = Mpidr.indexOfGuest(mpidr);
        if (target >= rec.realm.recCount) {
            return answer(rec, INVALID_PARAMETERS);
        }
        if (target == rec.index) {
            return answer(rec, ALREADY_ON);
        }
        rec.psciIsCpuOn = true;
        rec.psciEntry = entry;
        rec.psciContext = context;
        return askHost(rec, mpidr, target);
    }

    private boolean affinityInfo(Rec rec, long mpidr, long level) {
        long target = Mpidr.indexOfGuest(mpidr);
        if (level != 0 || target >= rec.realm.recCount) {
            return answer(rec, INVALID_PARAMETERS);
        }
        if (target == rec.index) {
            return answer(rec, AFFINITY_ON);
        }
        rec.psciIsCpuOn = false;
        return askHost(rec, mpidr, target);
    }

    /** The RMM does not know which REC has which MPIDR: the host names it with RMI_PSCI_COMPLETE. */
    private boolean askHost(Rec rec, long mpidr, long target) {
        rec.psciTarget = target;
        tellHost(rec);
        exit.setGpr(1, mpidr);
        return false;
    }
}
