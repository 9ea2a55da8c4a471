package io.realmwright.machine.rmm;

/**
 * RmiRealmParams of RMI 1.0 (reference section 15). Flags that it does not define are accepted, and measured with the
 * others; the root tables need no alignment but a granule's.
 *
 * @param vmid the VMID that the host chose, 0 to 65535
 */
record RealmParams1_0(RealmParams common, int vmid) {
    static RealmParams1_0 read(PhysicalMemory memory, long page) {
        return new RealmParams1_0(RealmParams.read(memory, page), (int) memory.readWord(page + 0x800) & 0xffff);
    }

    /** Whether this machine accepts the parameters, without a look at granules and VMIDs. */
    boolean check(RmmConfig config) {
        return common.isSupported(config) && config.hasHash(common.hash());
    }
}
