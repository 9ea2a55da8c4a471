package io.realmwright.machine.rmm;

import io.realmwright.machine.attestation.TokenSigner;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A small machine with RMM 1.0, and a host that knows the commands. */
final class Machine1_0 {
    static final int GRANULES = 4096;
    static final long SUCCESS = 0;

    private static final long DRAM_BASE = 0x3A440000000L;
    private static final int AUXILIARY_GRANULES = 16;

    /** A page of the host for parameters, and another for running. */
    static final long PARAMS = granule(1);

    static final long RUN_PAGE = granule(2);

    final Rmm rmm;
    private final long[] x = new long[Rmm.REGISTERS];

    Machine1_0(GuestSoftware guest) {
        this(guest, TokenSigner.NONE);
    }

    /** A machine whose firmware attests. */
    Machine1_0(GuestSoftware guest, TokenSigner signer) {
        this.rmm = new Rmm(RmmConfig.recorded1_0(DRAM_BASE, GRANULES, 0), guest, signer, new SplittableRandom(1));
    }

    static long granule(int index) {
        return DRAM_BASE + index * 4096L;
    }

    /** X0 to X7 after the call. */
    long[] registers(RmiCommand1_0 command, long... arguments) {
        Arrays.fill(x, 0);
        x[0] = command.fid();
        System.arraycopy(arguments, 0, x, 1, arguments.length);
        rmm.smc(x);
        return x.clone();
    }

    /** X0 after the call. */
    long call(RmiCommand1_0 command, long... arguments) {
        return registers(command, arguments)[0];
    }

    void succeed(RmiCommand1_0 command, long... arguments) {
        long status = call(command, arguments);
        if (status != SUCCESS) {
            throw new AssertionError(command + " answers 0x" + Long.toHexString(status));
        }
    }

    void delegate(int first, int count) {
        for (int i = first; i < first + count; i++) {
            succeed(RmiCommand1_0.RMI_GRANULE_DELEGATE, granule(i));
        }
    }

    /** A NEW realm of 39 bits whose first 2 MiB have a table of pages, with one runnable REC. */
    void createRealm(int rd, int rec) {
        delegate(rd, 4);
        delegate(rec, 1 + AUXILIARY_GRANULES);
        if (createRealm(rd, rd + 1, 39, 1, 1, 0) != SUCCESS) {
            throw new AssertionError("there is no realm");
        }
        succeed(RmiCommand1_0.RMI_RTT_CREATE, granule(rd), granule(rd + 2), 0, 2);
        succeed(RmiCommand1_0.RMI_RTT_CREATE, granule(rd), granule(rd + 3), 0, 3);
        writeRecParams(rec, AUXILIARY_GRANULES);
        succeed(RmiCommand1_0.RMI_REC_CREATE, granule(rd), granule(rec), PARAMS);
    }

    /** X0 of RMI_REALM_CREATE; the root tables are concatenated from granule {@code rtt} on. */
    long createRealm(int rd, int rtt, int ipaBits, int startLevel, int tables, int vmid) {
        PhysicalMemory memory = rmm.memory();
        memory.zeroGranule(PARAMS);
        memory.writeWord(PARAMS + 0x8, ipaBits);
        memory.writeWord(PARAMS + 0x18, 1);
        memory.writeWord(PARAMS + 0x20, 1);
        memory.writeWord(PARAMS + 0x800, vmid);
        memory.writeWord(PARAMS + 0x808, granule(rtt));
        memory.writeWord(PARAMS + 0x810, startLevel);
        memory.writeWord(PARAMS + 0x818, tables);
        return call(RmiCommand1_0.RMI_REALM_CREATE, granule(rd), PARAMS);
    }

    /** Parameters of the first REC, runnable; its auxiliary granules follow the one at {@code rec}. */
    void writeRecParams(int rec, long auxCount) {
        PhysicalMemory memory = rmm.memory();
        memory.zeroGranule(PARAMS);
        memory.writeWord(PARAMS, 1);
        memory.writeWord(PARAMS + 0x800, auxCount);
        for (int i = 0; i < AUXILIARY_GRANULES; i++) {
            memory.writeWord(PARAMS + 0x808 + 8L * i, granule(rec + 1 + i));
        }
    }
}
