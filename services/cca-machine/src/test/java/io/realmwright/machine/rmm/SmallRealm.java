package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;

/**
 * A realm of 39 IPA bits on a small machine with either RMM, driven by its registers alone. Its first 2 MiB and the first
 * 2 MiB of its unprotected half have tables of pages.
 */
final class SmallRealm {
    static final int IPA_BITS = 39;
    static final long UNPROTECTED = 1L << (IPA_BITS - 1);
    static final long PAGE = 4096;
    static final long BLOCK = 512 * PAGE;

    private static final long DRAM = 1L << 39;
    private static final int GRANULES = 4096;
    private static final long PARAMS = DRAM;
    private static final long LIST = DRAM + PAGE;
    private static final int AUXILIARY = 16;
    private static final int SINGLE = 1;

    final Rmm rmm;
    final long rd;
    private final RmiRevision revision;
    private final List<Long> recs = new ArrayList<>();
    private final List<Long> runPages = new ArrayList<>();
    private long next = DRAM + 2 * PAGE;

    SmallRealm(RmiRevision revision, GuestSoftware guest, HashAlgorithm hash) {
        this.revision = revision;
        this.rmm = new Rmm(
                switch (revision) {
                    case RMI_1_0 -> RmmConfig.modelled1_0(DRAM, GRANULES);
                    case RMI_2_0 -> RmmConfig.modelled(DRAM, GRANULES);
                },
                guest);
        if (revision == RmiRevision.RMI_2_0) {
            demand(RmiCommand.RMI_RMM_ACTIVATE);
        }
        long root = delegated();
        this.rd = delegated();
        writeParams(root, hash);
        demand(RmiCommand.RMI_REALM_CREATE, rd, PARAMS);
        for (long base : new long[] {0, UNPROTECTED}) {
            demand(RmiCommand.RMI_RTT_CREATE, rd, delegated(), base, 2);
            demand(RmiCommand.RMI_RTT_CREATE, rd, delegated(), base, 3);
        }
    }

    private void writeParams(long root, HashAlgorithm hash) {
        PhysicalMemory memory = rmm.memory();
        memory.zeroGranule(PARAMS);
        memory.writeWord(PARAMS + 0x8, IPA_BITS);
        memory.writeWord(PARAMS + 0x18, 1);
        memory.writeWord(PARAMS + 0x20, 1);
        memory.writeWord(PARAMS + 0x30, hash.code());
        for (int i = 0; i < 8; i++) {
            memory.writeWord(PARAMS + 0x400 + 8L * i, 0x1111_1111_1111_1111L * (i + 1));
        }
        memory.writeWord(PARAMS + 0x808, root);
        memory.writeWord(PARAMS + 0x810, 1);
        memory.writeWord(PARAMS + 0x818, 1);
    }

    /** The page of parameters, which the next vCPU overwrites. */
    long params() {
        return PARAMS;
    }

    /** X0 to X7 after a call. */
    long[] call(RmiFunction command, long... arguments) {
        long[] x = new long[Rmm.REGISTERS];
        x[0] = command.fid();
        System.arraycopy(arguments, 0, x, 1, arguments.length);
        rmm.smc(x);
        return x;
    }

    /** A call that a test needs to succeed. */
    long[] demand(RmiFunction command, long... arguments) {
        long[] x = call(command, arguments);
        if (x[0] != RmiStatus.SUCCESS) {
            throw new AssertionError(command + " answered 0x" + Long.toHexString(x[0]));
        }
        return x;
    }

    /** A page of the host that nobody has used. */
    long hostPage() {
        long page = next;
        next += PAGE;
        return page;
    }

    /** A granule on the realm's side that nobody has used. */
    long delegated() {
        long granule = hostPage();
        delegate(granule);
        return granule;
    }

    void delegate(long granule) {
        switch (revision) {
            case RMI_1_0 -> demand(RmiCommand1_0.RMI_GRANULE_DELEGATE, granule);
            case RMI_2_0 -> demand(RmiCommand.RMI_GRANULE_RANGE_DELEGATE, granule, granule + PAGE);
        }
    }

    /** The next vCPU; its entry point is 0. */
    SmallRealm withVcpu(boolean runnable) {
        rmm.memory().zeroGranule(PARAMS);
        rmm.memory().writeWord(PARAMS, runnable ? 1 : 0);
        rmm.memory().writeWord(PARAMS + 0x100, recs.size());
        long rec = delegated();
        switch (revision) {
            case RMI_1_0 -> {
                rmm.memory().writeWord(PARAMS + 0x800, AUXILIARY);
                for (int i = 0; i < AUXILIARY; i++) {
                    rmm.memory().writeWord(PARAMS + 0x808 + 8L * i, delegated());
                }
                demand(RmiCommand1_0.RMI_REC_CREATE, rd, rec, PARAMS);
            }
            case RMI_2_0 -> {
                long handle = call(RmiCommand.RMI_REC_CREATE, rd, rec, PARAMS)[1];
                for (int i = 0; i < AUXILIARY; i++) {
                    rmm.memory().writeWord(LIST + 8L * i, delegated() | 1 << 2);
                }
                call(RmiCommand.RMI_OP_MEM_DONATE, handle, LIST, AUXILIARY);
                demand(RmiCommand.RMI_OP_CONTINUE, handle, 0);
            }
        }
        recs.add(rec);
        runPages.add(hostPage());
        return this;
    }

    void destroyVcpu(int vcpu) {
        switch (revision) {
            case RMI_1_0 -> demand(RmiCommand1_0.RMI_REC_DESTROY, rec(vcpu));
            case RMI_2_0 -> {
                long handle = call(RmiCommand.RMI_REC_DESTROY, rec(vcpu))[1];
                call(RmiCommand.RMI_OP_MEM_RECLAIM, handle, LIST, AUXILIARY);
                demand(RmiCommand.RMI_OP_CONTINUE, handle, 0);
            }
        }
    }

    SmallRealm activated() {
        demand(RmiCommand.RMI_REALM_ACTIVATE, rd);
        return this;
    }

    /** Declares a page RAM; the realm is NEW. */
    SmallRealm declare(long ipa) {
        demand(RmiCommand.RMI_RTT_INIT_RIPAS, rd, ipa, ipa + PAGE);
        return this;
    }

    /** Maps a page of zeros, and answers where it is. */
    long map(long ipa) {
        long data = delegated();
        demandMapped(ipa, data);
        return data;
    }

    private void demandMapped(long ipa, long data) {
        switch (revision) {
            case RMI_1_0 -> demand(RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, rd, data, ipa);
            case RMI_2_0 -> demand(RmiCommand.RMI_RTT_DATA_MAP, rd, ipa, ipa + PAGE, SINGLE, data | 1 << 2);
        }
    }

    /** Maps the pages of a table one by one to neighbouring granules that begin at a 2 MiB border. */
    void mapContiguously(long ipa) {
        next = (next + BLOCK - 1) & -BLOCK;
        for (long offset = 0; offset < BLOCK; offset += PAGE) {
            demandMapped(ipa + offset, delegated());
        }
    }

    void unmap(long ipa) {
        switch (revision) {
            case RMI_1_0 -> demand(RmiCommand1_0.RMI_DATA_DESTROY, rd, ipa);
            case RMI_2_0 -> demand(RmiCommand.RMI_RTT_DATA_UNMAP, rd, ipa, ipa + PAGE, 0, 0);
        }
    }

    /** Maps a page in the unprotected half. */
    void share(long ipa, long page, boolean readable, boolean writable) {
        switch (revision) {
            case RMI_1_0 ->
                demand(
                        RmiCommand1_0.RMI_RTT_MAP_UNPROTECTED,
                        rd,
                        ipa,
                        3,
                        page | (readable ? 1 << 6 : 0) | (writable ? 1 << 7 : 0));
            case RMI_2_0 ->
                demand(
                        RmiCommand.RMI_RTT_UNPROT_MAP,
                        rd,
                        ipa,
                        ipa + PAGE,
                        SINGLE | (writable ? 1 << 19 : 0) | (readable ? 1 << 20 : 0),
                        page | 1 << 2);
        }
    }

    long rec(int vcpu) {
        return recs.get(vcpu);
    }

    long runPage(int vcpu) {
        return runPages.get(vcpu);
    }

    /** X0 of RMI_REC_ENTER. */
    long enter(int vcpu) {
        return call(RmiCommand.RMI_REC_ENTER, rec(vcpu), runPage(vcpu))[0];
    }

    /** Enters with these flags, which the next entry does not have. */
    long enter(int vcpu, long flags) {
        rmm.memory().writeWord(runPage(vcpu) + RunPage.ENTER_FLAGS, flags);
        long x0 = enter(vcpu);
        rmm.memory().writeWord(runPage(vcpu) + RunPage.ENTER_FLAGS, 0);
        return x0;
    }

    void writeGpr(int vcpu, int register, long value) {
        rmm.memory().writeWord(runPage(vcpu) + RunPage.ENTER_GPRS + 8L * register, value);
    }

    long exit(int vcpu, int field) {
        return rmm.memory().readWord(runPage(vcpu) + RunPage.EXIT + field);
    }

    /** X2 and X4 of RMI_RTT_READ_ENTRY: the state of a page and its RIPAS. */
    List<Long> entry(long ipa) {
        long[] x = demand(RmiCommand.RMI_RTT_READ_ENTRY, rd, ipa, 3);
        return List.of(x[2], x[4]);
    }

    byte[] measurement(int slot) {
        RealmView realm = rmm.realm(rd);
        if (realm == null) {
            throw new AssertionError("there is no realm");
        }
        return realm.measurement(slot);
    }
}
