package io.realmwright.machine.bench;

import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.rmm.RmmConfig;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.spec.Granule;

/**
 * A host that does nothing but make SMCs: no allocator, no trace, no counters. What is here has one FID and the same
 * arguments in both revisions.
 */
abstract sealed class RawHost permits RawHost1_0, RawHost2_0 {
    static final long PAGE = Granule.SIZE_BYTES;
    static final int ENTRIES = 512;
    /** What a table of level 3 maps. */
    static final long TABLE_BYTES = ENTRIES * PAGE;

    static final long GIB = 1L << 30;

    /** The geometry of its realms: one root table at level 1. */
    private static final int IPA_BITS = 39;

    private static final int START_LEVEL = 1;
    static final long PROTECTED_TOP = 1L << (IPA_BITS - 1);

    static final long DRAM_BASE = 1L << 39;
    /** 2 GiB, as on the machine on which the reference was recorded. */
    static final long DRAM_GRANULES = 1L << 19;

    private final Rmm rmm;
    private final long[] x = new long[Rmm.REGISTERS];
    private long next = DRAM_BASE;

    RawHost(RmmConfig config) {
        this.rmm = new Rmm(config, _ -> Trap.FIQ);
    }

    /** Makes a call and returns X0. */
    final long call(long fid, long a1, long a2, long a3, long a4, long a5) {
        x[0] = fid;
        x[1] = a1;
        x[2] = a2;
        x[3] = a3;
        x[4] = a4;
        x[5] = a5;
        rmm.smc(x);
        return x[0];
    }

    /** Makes a call that has to succeed. */
    final void demand(long fid, long a1, long a2, long a3, long a4, long a5) {
        long x0 = call(fid, a1, a2, a3, a4, a5);
        if (x0 != RmiStatus.SUCCESS) {
            throw new IllegalStateException("0x" + Long.toHexString(fid) + " answered " + RmiStatus.nameOf(x0));
        }
    }

    /** A granule that nobody has used yet. */
    final long granule() {
        return granules(1);
    }

    /** Neighbours that nobody has used yet. */
    final long granules(int count) {
        long first = next;
        next += count * PAGE;
        return first;
    }

    /** A fresh granule in the realm's hands. */
    final long delegated() {
        return delegated(1);
    }

    final long delegated(int count) {
        long first = granules(count);
        delegate(first, count);
        return first;
    }

    /** Gives pages of the host contents that are not zero. */
    final void write(long first, int pages) {
        for (long address = first; address < first + pages * PAGE; address += Long.BYTES) {
            rmm.memory().writeWord(address, address);
        }
    }

    abstract void delegate(long first, int count);

    abstract void undelegate(long first, int count);

    /** A realm in state NEW; answers its RD. */
    final long realm() {
        long rd = delegated();
        createRealm(rd, realmParams(delegated()));
        return rd;
    }

    /** A page with the parameters of a realm whose root table is {@code root}; its VMID, if the host chooses it, is 0. */
    final long realmParams(long root) {
        long page = granule();
        rmm.memory().writeWord(page + 0x8, IPA_BITS);
        rmm.memory().writeWord(page + 0x18, 1);
        rmm.memory().writeWord(page + 0x20, 1);
        rmm.memory().writeWord(page + 0x808, root);
        rmm.memory().writeWord(page + 0x810, START_LEVEL);
        rmm.memory().writeWord(page + 0x818, 1);
        return page;
    }

    final void createRealm(long rd, long params) {
        demand(RmiCommand.RMI_REALM_CREATE.fid(), rd, params, 0, 0, 0);
    }

    /** Destroys a realm that has nothing in its root table. */
    abstract void destroyRealm(long rd);

    final void createTable(long rd, long granule, long ipa, int level) {
        demand(RmiCommand.RMI_RTT_CREATE.fid(), rd, granule, ipa, level, 0);
    }

    /** Tables of levels 2 and 3 for an IPA that has none. */
    final void createTablesTo3(long rd, long ipa) {
        createTable(rd, delegated(), ipa, 2);
        createTable(rd, delegated(), ipa, 3);
    }

    final void destroyTable(long rd, long ipa, int level) {
        demand(RmiCommand.RMI_RTT_DESTROY.fid(), rd, ipa, level, 0, 0);
    }

    final void foldTable(long rd, long ipa, int level) {
        demand(RmiCommand.RMI_RTT_FOLD.fid(), rd, ipa, level, 0, 0);
    }

    final void readEntry(long rd, long ipa, int level) {
        demand(RmiCommand.RMI_RTT_READ_ENTRY.fid(), rd, ipa, level, 0, 0);
    }

    final void initRipas(long rd, long base, long top) {
        demand(RmiCommand.RMI_RTT_INIT_RIPAS.fid(), rd, base, top, 0, 0);
    }

    /** RMI_RTT_DATA_MAP_INIT, in RMM 1.0 RMI_DATA_CREATE. */
    final void populate(long rd, long data, long ipa, long source, boolean measured) {
        demand(RmiCommand.RMI_RTT_DATA_MAP_INIT.fid(), rd, data, ipa, source, measured ? 1 : 0);
    }

    /** Takes pages away from the realm, page by page. */
    abstract void unmap(long rd, long base, int pages);
}
