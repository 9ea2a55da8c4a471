package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/**
 * An RMM and the hardware that it finds.
 *
 * @param revision the RMI that the RMM speaks
 * @param dramBase address of the first byte of DRAM, 1 GiB aligned
 * @param dramGranules granules of DRAM, at most 2^28
 * @param deviceBase address of the first granule of device memory
 * @param deviceGranules granules of device memory; only their delegation is modelled
 * @param features RMI feature registers from index 0; a machine's configuration, not a promise of this simulator
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RmmConfig(
        RmiRevision revision, long dramBase, long dramGranules, long deviceBase, long deviceGranules, long[] features) {
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
        return new RmmConfig(RmiRevision.RMI_2_0, dramBase, dramGranules, deviceBase, deviceGranules, features);
    }

    /** The machine on which the RMM 1.0 traces were recorded; it has one feature register and no device memory. */
    public static RmmConfig recorded1_0(long dramBase, long dramGranules, long deviceBase) {
        return new RmmConfig(RmiRevision.RMI_1_0, dramBase, dramGranules, deviceBase, 0, new long[] {0x283_fc10_4130L});
    }

    /** A machine that advertises just what is modelled: 48-bit IPAs, no LPA2, no devices, no planes, no MEC. */
    public static RmmConfig modelled(long dramBase, long dramGranules) {
        long[] features = {0x104030, SHA_256_AND_512, 0, 0, 0};
        return new RmmConfig(RmiRevision.RMI_2_0, dramBase, dramGranules, 0, 0, features);
    }

    /** The same machine with an RMM 1.0; what that RMM cannot deliver, virtual interrupts and the PMU, is not advertised. */
    public static RmmConfig modelled1_0(long dramBase, long dramGranules) {
        return new RmmConfig(RmiRevision.RMI_1_0, dramBase, dramGranules, 0, 0, new long[] {0x283_0010_4030L});
    }

    /** The same machine with other feature registers. */
    public RmmConfig withFeatures(long[] others) {
        return new RmmConfig(revision, dramBase, dramGranules, deviceBase, deviceGranules, others);
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
        return (int) feature(0) & 0xff;
    }

    boolean hasLpa2() {
        return (feature(0) & 0x100) != 0;
    }

    boolean hasSve() {
        return (feature(0) & 0x200) != 0;
    }

    long sveVlMax() {
        return (feature(0) >> 10) & 0xf;
    }

    long breakpointsMax() {
        return (feature(0) >> 14) & 0x3f;
    }

    long watchpointsMax() {
        return (feature(0) >> 20) & 0x3f;
    }

    long pmuCountersMax() {
        return (feature(0) >> 27) & 0x1f;
    }

    boolean hasDeviceAssignment() {
        return (feature(2) & 1) != 0;
    }

    int auxPlanesMax() {
        return (int) feature(3) & 0xf;
    }

    /** RMI 1.0 only: 2.0 tells hash algorithms in another register, and takes what it does not tell. */
    boolean hasHash(int algorithm) {
        return algorithm >= 0 && algorithm <= 1 && (feature(0) >> (32 + algorithm) & 1) != 0;
    }

    /** RMI 1.0 only, where the host chooses VMIDs: how many there are on a machine with 8-bit ones. */
    public int vmids() {
        return 1 << 8;
    }

    /** MECIDs for realms with a private memory encryption context. */
    long mecidsMax() {
        return feature(4);
    }

    /** Contexts for stateful operations: 10 for each of its CPUs, of which the model has one. */
    int sroContexts() {
        return 10;
    }
}
