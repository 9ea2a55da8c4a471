package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/**
 * The hardware that an RMM 2.0 finds.
 *
 * @param dramBase address of the first byte of DRAM, 1 GiB aligned
 * @param dramGranules granules of DRAM, at most 2^28
 * @param deviceBase address of the first granule of device memory
 * @param deviceGranules granules of device memory; only their delegation is modelled
 * @param features RMI feature registers 0 to 4; a machine's configuration, not a promise of this simulator
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RmmConfig(long dramBase, long dramGranules, long deviceBase, long deviceGranules, long[] features) {
    private static final long SHA_256_AND_512 = 0x142a9;

    public RmmConfig {
        if (dramGranules < 1 || dramGranules > 1L << 28) {
            throw new IllegalArgumentException("DRAM is 1 to 2^28 granules, not " + dramGranules);
        }
        features = features.clone();
    }

    /** The machine on which the RMM 2.0 traces were recorded: it advertises more than is modelled. */
    public static RmmConfig recorded2_0(long dramBase, long dramGranules, long deviceBase, long deviceGranules) {
        long[] features = {0x104130, SHA_256_AND_512, 0xa1, 0x3, 0xfffe};
        return new RmmConfig(dramBase, dramGranules, deviceBase, deviceGranules, features);
    }

    /** A machine that advertises just what is modelled: 48-bit IPAs, no LPA2, no devices, no planes, no MEC. */
    public static RmmConfig modelled(long dramBase, long dramGranules) {
        long[] features = {0x104030, SHA_256_AND_512, 0, 0, 0};
        return new RmmConfig(dramBase, dramGranules, 0, 0, features);
    }

    @Override
    public long[] features() {
        return features.clone();
    }

    /** Feature register {@code index}; 0 for one that there is not. */
    long feature(long index) {
        return index >= 0 && index < features.length ? features[(int) index] : 0;
    }

    boolean isDevice(long address) {
        long offset = address - deviceBase;
        return Granule.isAligned(offset) && Long.compareUnsigned(offset >>> Granule.SHIFT, deviceGranules) < 0;
    }

    int ipaBitsMax() {
        return (int) features[0] & 0xff;
    }

    boolean hasLpa2() {
        return (features[0] & 0x100) != 0;
    }

    boolean hasSve() {
        return (features[0] & 0x200) != 0;
    }

    long sveVlMax() {
        return (features[0] >> 10) & 0xf;
    }

    long breakpointsMax() {
        return (features[0] >> 14) & 0x3f;
    }

    long watchpointsMax() {
        return (features[0] >> 20) & 0x3f;
    }

    long pmuCountersMax() {
        return (features[0] >> 27) & 0x1f;
    }

    boolean hasDeviceAssignment() {
        return (features[2] & 1) != 0;
    }

    int auxPlanesMax() {
        return (int) features[3] & 0xf;
    }

    /** MECIDs for realms with a private memory encryption context. */
    long mecidsMax() {
        return features[4];
    }

    /** Contexts for stateful operations: 10 for each of its CPUs, of which the model has one. */
    int sroContexts() {
        return 10;
    }
}
