package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * What RmiRealmParams holds in every revision, read from a page of the host (reference sections 4.8 and 5.1). Fields
 * are as the page has them: nothing is checked until {@link #isSupported}.
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
        byte[] rpv,
        long rttBase,
        long rttLevelStart,
        long rttCount) {
    private static final int RPV_OFFSET = 0x400;

    private static final long LPA2 = 1;
    private static final long SVE = 1 << 1;
    private static final long PMU = 1 << 2;

    private static final int IPA_BITS_MIN = 32;
    private static final int IPA_BITS_MAX_WITHOUT_LPA2 = 48;
    private static final int CONCATENATED_MAX_BITS = 4;
    /** Addresses must be this wide for walks that start at level 0. */
    private static final int PA_BITS_OF_LEVEL_0 = 44;

    static RealmParams read(PhysicalMemory memory, long page) {
        byte[] rpv = new byte[64];
        memory.read(page + RPV_OFFSET, rpv, 0, rpv.length);
        return new RealmParams(
                memory.readWord(page),
                (int) memory.readWord(page + 0x8),
                low32(memory, page + 0x10),
                low32(memory, page + 0x18),
                low32(memory, page + 0x20),
                low32(memory, page + 0x28),
                (int) memory.readWord(page + 0x30) & 0xff,
                rpv,
                memory.readWord(page + 0x808),
                memory.readWord(page + 0x810),
                low32(memory, page + 0x818));
    }

    static long low32(PhysicalMemory memory, long address) {
        return memory.readWord(address) & 0xffff_ffffL;
    }

    /** Whether this machine has the features and can build the tables, without a look at granules. */
    boolean isSupported(RmmConfig config) {
        return hasFeatures(config) && hasGeometry(config) && hashAlgorithm() != null;
    }

    private boolean hasFeatures(RmmConfig config) {
        return (!lpa2() || config.hasLpa2())
                && breakpoints != 0
                && breakpoints <= config.breakpointsMax()
                && watchpoints != 0
                && watchpoints <= config.watchpointsMax()
                && (!isSet(SVE) || (config.hasSve() && sveVl <= config.sveVlMax()))
                // Without FEAT_HPMN0, which is not modelled, a PMU has at least one counter.
                && (!isSet(PMU) || (pmuCounters != 0 && pmuCounters <= config.pmuCountersMax()));
    }

    /** Reference section 7: which IPA widths a start level can serve, and with how many tables. */
    private boolean hasGeometry(RmmConfig config) {
        if (ipaBits < IPA_BITS_MIN
                || ipaBits > config.ipaBitsMax()
                || (!lpa2() && ipaBits > IPA_BITS_MAX_WITHOUT_LPA2)
                || rttLevelStart < 0
                || (rttLevelStart == 0 && config.ipaBitsMax() < PA_BITS_OF_LEVEL_0)
                || rttLevelStart > Rtt.LEAF_LEVEL) {
            return false;
        }
        int bitsMin = (Rtt.LEAF_LEVEL - startLevel()) * 9 + 13;
        int bitsMax = bitsMin + 8 + (startLevel() == 0 && !lpa2() ? 0 : CONCATENATED_MAX_BITS);
        return ipaBits >= bitsMin && ipaBits <= bitsMax && rttCount == rootTables();
    }

    private boolean isSet(long flag) {
        return (flags0 & flag) != 0;
    }

    boolean lpa2() {
        return isSet(LPA2);
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

    /** Addresses of the root tables, concatenated from {@code base} on. */
    long[] rootGranules(long base) {
        long[] granules = new long[rootTables()];
        for (int i = 0; i < granules.length; i++) {
            granules[i] = base + i * 4096L;
        }
        return granules;
    }
}
