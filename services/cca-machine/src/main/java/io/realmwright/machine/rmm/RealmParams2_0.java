package io.realmwright.machine.rmm;

import java.util.Arrays;

/** RmiRealmParams of RMI 2.0: planes, device assignment and memory encryption contexts (reference 4.8 and 5.1). */
@SuppressWarnings("ArrayRecordComponent") // words of a page, never compared
record RealmParams2_0(RealmParams common, long auxPlanes, long atsPlane, long flags1, long[] auxRttBases) {
    private static final int AUX_RTT_BASE_OFFSET = 0xf80;
    private static final int AUX_RTT_BASES = 3;

    private static final long DA = 1 << 3;
    private static final int MEC_POLICY_SHIFT = 7;
    private static final long RTT_TREE_PP = 1;
    private static final long S2AP_INDIRECT = 1 << 1;

    static RealmParams2_0 read(PhysicalMemory memory, long page) {
        long[] auxRttBases = new long[AUX_RTT_BASES];
        for (int i = 0; i < AUX_RTT_BASES; i++) {
            auxRttBases[i] = memory.readWord(page + AUX_RTT_BASE_OFFSET + 8L * i);
        }
        return new RealmParams2_0(
                RealmParams.read(memory, page),
                RealmParams.low32(memory, page + 0x38),
                memory.readWord(page + 0x440),
                memory.readWord(page + 0x820),
                auxRttBases);
    }

    /** Whether this machine accepts the parameters, without a look at granules. */
    boolean check(RmmConfig config) {
        return common.isSupported(config)
                && ((common.flags0() & DA) == 0 || config.hasDeviceAssignment())
                && mecPolicy() <= 1
                && areRootsAligned(common.rttBase())
                && checkPlanes(config);
    }

    private boolean checkPlanes(RmmConfig config) {
        if (auxPlanes > config.auxPlanesMax() || Long.compareUnsigned(atsPlane, auxPlanes) > 0) {
            return false;
        }
        if ((flags1 & S2AP_INDIRECT) != 0 || (auxPlanes > 0 && (flags1 & RTT_TREE_PP) == 0)) {
            return false;
        }
        for (int plane = 0; plane < auxPlanes; plane++) {
            if (!areRootsAligned(auxRttBases[plane])) {
                return false;
            }
        }
        return true;
    }

    private boolean areRootsAligned(long base) {
        return (base & (common.rttCount() * 4096 - 1)) == 0;
    }

    private int mecPolicy() {
        return (int) (common.flags0() >> MEC_POLICY_SHIFT) & 3;
    }

    RealmExtensions extensions() {
        long[] roots = Arrays.stream(auxRttBases, 0, (int) auxPlanes)
                .flatMap(base -> Arrays.stream(common.rootGranules(base)))
                .toArray();
        return new RealmExtensions((int) auxPlanes, atsPlane, roots, mecPolicy() == 1);
    }
}
