package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * RmiRealmParams of RMI 2.0, read from a page of the host (reference sections 4.8 and 5.1). Fields are as the page has
 * them: nothing is checked until {@link #check}.
 */
@SuppressWarnings("ArrayRecordComponent") // words of a page, never compared
record RealmParams(
        long flags0,
        int ipaBits,
        long sveVl,
        long breakpoints,
        long watchpoints,
        long pmuCounters,
        int hash,
        long auxPlanes,
        byte[] rpv,
        long atsPlane,
        long rttBase,
        long rttLevelStart,
        long rttCount,
        long flags1,
        long[] auxRttBases) {
    private static final int RPV_OFFSET = 0x400;
    private static final int AUX_RTT_BASE_OFFSET = 0xf80;
    private static final int AUX_RTT_BASES = 3;

    private static final long LPA2 = 1;
    private static final long SVE = 1 << 1;
    private static final long PMU = 1 << 2;
    private static final long DA = 1 << 3;
    private static final int MEC_POLICY_SHIFT = 7;
    private static final long RTT_TREE_PP = 1;
    private static final long S2AP_INDIRECT = 1 << 1;

    private static final int IPA_BITS_MIN = 32;
    private static final int IPA_BITS_MAX_WITHOUT_LPA2 = 48;
    private static final int CONCATENATED_MAX_BITS = 4;

    static RealmParams read(PhysicalMemory memory, long page) {
        byte[] rpv = new byte[64];
        memory.read(page + RPV_OFFSET, rpv, 0, rpv.length);
        long[] auxRttBases = new long[AUX_RTT_BASES];
        for (int i = 0; i < AUX_RTT_BASES; i++) {
            auxRttBases[i] = memory.readWord(page + AUX_RTT_BASE_OFFSET + 8L * i);
        }
        return new RealmParams(
                memory.readWord(page),
                (int) memory.readWord(page + 0x8),
                low32(memory, page + 0x10),
                low32(memory, page + 0x18),
                low32(memory, page + 0x20),
                low32(memory, page + 0x28),
                (int) memory.readWord(page + 0x30) & 0xff,
                low32(memory, page + 0x38),
                rpv,
                memory.readWord(page + 0x440),
                memory.readWord(page + 0x808),
                memory.readWord(page + 0x810),
                low32(memory, page + 0x818),
                memory.readWord(page + 0x820),
                auxRttBases);
    }

    private static long low32(PhysicalMemory memory, long address) {
        return memory.readWord(address) & 0xffff_ffffL;
    }

    /** Whether this machine accepts the parameters, without a look at granules. */
    boolean check(RmmConfig config) {
        return checkFeatures(config) && checkGeometry(config) && checkPlanes(config) && hashAlgorithm() != null;
    }

    private boolean checkFeatures(RmmConfig config) {
        return (!lpa2() || config.hasLpa2())
                && breakpoints != 0
                && breakpoints <= config.breakpointsMax()
                && watchpoints != 0
                && watchpoints <= config.watchpointsMax()
                && (!isSet(SVE) || (config.hasSve() && sveVl <= config.sveVlMax()))
                // Without FEAT_HPMN0, which is not modelled, a PMU has at least one counter.
                && (!isSet(PMU) || (pmuCounters != 0 && pmuCounters <= config.pmuCountersMax()))
                && (!isSet(DA) || config.hasDeviceAssignment())
                && mecPolicy() <= 1;
    }

    /** Reference section 7: which IPA widths a start level can serve, and with how many tables. */
    private boolean checkGeometry(RmmConfig config) {
        if (ipaBits < IPA_BITS_MIN
                || ipaBits > config.ipaBitsMax()
                || (!lpa2() && ipaBits > IPA_BITS_MAX_WITHOUT_LPA2)
                || rttLevelStart < 0
                || rttLevelStart > Rtt.LEAF_LEVEL) {
            return false;
        }
        int bitsMin = (Rtt.LEAF_LEVEL - startLevel()) * 9 + 13;
        int bitsMax = bitsMin + 8 + (startLevel() == 0 && !lpa2() ? 0 : CONCATENATED_MAX_BITS);
        return ipaBits >= bitsMin
                && ipaBits <= bitsMax
                && rttCount == rootTables()
                && (rttBase & (rttCount * 4096 - 1)) == 0;
    }

    private boolean checkPlanes(RmmConfig config) {
        if (auxPlanes > config.auxPlanesMax() || Long.compareUnsigned(atsPlane, auxPlanes) > 0) {
            return false;
        }
        if ((flags1 & S2AP_INDIRECT) != 0 || (auxPlanes > 0 && (flags1 & RTT_TREE_PP) == 0)) {
            return false;
        }
        for (int plane = 0; plane < auxPlanes; plane++) {
            if ((auxRttBases[plane] & (rttCount * 4096 - 1)) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isSet(long flag) {
        return (flags0 & flag) != 0;
    }

    private int mecPolicy() {
        return (int) (flags0 >> MEC_POLICY_SHIFT) & 3;
    }

    boolean lpa2() {
        return isSet(LPA2);
    }

    boolean privateMec() {
        return mecPolicy() == 1;
    }

    int startLevel() {
        return (int) rttLevelStart;
    }

    /** Concatenated tables at the start level, a power of two. */
    int rootTables() {
        int bitsOfOneTable = (Rtt.LEAF_LEVEL - startLevel()) * 9 + 21;
        return ipaBits <= bitsOfOneTable ? 1 : 1 << (ipaBits - bitsOfOneTable);
    }

    @Nullable
    HashAlgorithm hashAlgorithm() {
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            if (algorithm.code() == hash) {
                return algorithm;
            }
        }
        return null;
    }

    /** Addresses of the root tables of plane 0. */
    long[] rootGranules() {
        return granulesFrom(new long[] {rttBase});
    }

    /** Addresses of the root tables of all auxiliary planes. */
    long[] auxiliaryRootGranules() {
        return granulesFrom(Arrays.copyOf(auxRttBases, (int) auxPlanes));
    }

    private long[] granulesFrom(long[] bases) {
        int count = rootTables();
        long[] granules = new long[bases.length * count];
        for (int i = 0; i < granules.length; i++) {
            granules[i] = bases[i / count] + (i % count) * 4096L;
        }
        return granules;
    }
}
