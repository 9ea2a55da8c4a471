package io.realmwright.machine.rmm;

import io.realmwright.machine.attestation.TokenSigner;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A small machine with an active RMM 2.0, driven by its registers alone. */
final class TestMachine {
    static final long DRAM = 1L << 39;
    static final long PAGE = 4096;

    private static final int SINGLE = 1;

    final Rmm rmm;

    /** A machine just booted, whose guests are all this one. */
    TestMachine(int granules, GuestSoftware guest) {
        this(granules, guest, TokenSigner.NONE);
    }

    /** A machine whose firmware attests. */
    TestMachine(int granules, GuestSoftware guest, TokenSigner signer) {
        this.rmm = new Rmm(RmmConfig.modelled(DRAM, granules), guest, signer, new SplittableRandom(1));
        demand("RMI_RMM_ACTIVATE");
    }

    static long granule(long index) {
        return DRAM + index * PAGE;
    }

    /** Makes a call and returns X0 to X7. */
    long[] call(String command, long... arguments) {
        long[] x = new long[Rmm.REGISTERS];
        x[0] = RmiCommand.valueOf(command).fid();
        System.arraycopy(arguments, 0, x, 1, arguments.length);
        rmm.smc(x);
        return x;
    }

    /** Makes a call that a test needs to succeed. */
    long[] demand(String command, long... arguments) {
        long[] x = call(command, arguments);
        if (x[0] != 0) {
            throw new IllegalStateException(command + " answered 0x" + Long.toHexString(x[0]));
        }
        return x;
    }

    void delegate(long... indexes) {
        for (long index : indexes) {
            demand("RMI_GRANULE_RANGE_DELEGATE", granule(index), granule(index + 1));
        }
    }

    /** A realm in state NEW whose RD is the granule {@code rd} and whose roots begin at {@code roots}; all are delegated. */
    void createRealm(int ipaBits, int startLevel, int rootTables, long rd, long roots, long hostPage) {
        PhysicalMemory memory = rmm.memory();
        memory.zeroGranule(granule(hostPage));
        memory.writeWord(granule(hostPage) + 0x8, ipaBits);
        memory.writeWord(granule(hostPage) + 0x18, 1);
        memory.writeWord(granule(hostPage) + 0x20, 1);
        memory.writeWord(granule(hostPage) + 0x808, granule(roots));
        memory.writeWord(granule(hostPage) + 0x810, startLevel);
        memory.writeWord(granule(hostPage) + 0x818, rootTables);
        demand("RMI_REALM_CREATE", granule(rd), granule(hostPage));
    }

    /** The next REC of a realm, runnable; its 16 auxiliary granules begin at {@code auxiliary}; all are delegated. */
    void createRec(long rd, long rec, long auxiliary, long index, long hostPage) {
        rmm.memory().zeroGranule(granule(hostPage));
        rmm.memory().writeWord(granule(hostPage), 1);
        rmm.memory().writeWord(granule(hostPage) + 0x100, index);
        long[] begun = call("RMI_REC_CREATE", granule(rd), granule(rec), granule(hostPage));
        long list = granule(hostPage) + 0x800;
        rmm.memory().writeWord(list, granule(auxiliary) | 16 << 2);
        call("RMI_OP_MEM_DONATE", begun[1], list, 1);
        demand("RMI_OP_CONTINUE", begun[1], 0);
    }

    /** Maps one page of zeros. */
    void map(long rd, long ipa, long index) {
        demand("RMI_RTT_DATA_MAP", granule(rd), ipa, ipa + PAGE, SINGLE, granule(index) | 1 << 2);
    }

    long read(long address) {
        return rmm.memory().readWord(address);
    }

    Map<String, Long> granulesByState() {
        Map<String, Long> counts = new TreeMap<>();
        Arrays.stream(GranuleState.values()).forEach(state -> counts.put(state.name(), rmm.countOf(state)));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
