package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.granule;

import java.util.stream.IntStream;

/**
 * A small machine on which much is going on: a NEW realm and an active one, with vCPUs, tables and contents; on RMM 2.0 an
 * operation under way, too. The granules from 120 on are the host's.
 */
final class LivelyMachine {
    static final int GRANULES = 160;

    private static final int DELEGATED = 120;
    private static final int HOST_PAGE = 130;

    private LivelyMachine() {}

    static Rmm on(RmiRevision revision, GuestSoftware guest) {
        return switch (revision) {
            case RMI_1_0 -> on1_0(guest);
            case RMI_2_0 -> on2_0(guest);
        };
    }

    private static Rmm on2_0(GuestSoftware guest) {
        var machine = new TestMachine(GRANULES, guest);
        machine.delegate(IntStream.range(0, DELEGATED).asLongStream().toArray());
        for (int realm = 0; realm < 2; realm++) {
            int first = realm * 40;
            machine.createRealm(32, 2, 4, first + 4, first, HOST_PAGE);
            machine.createRec(first + 4, first + 5, first + 6, 0, HOST_PAGE);
            machine.demand("RMI_RTT_CREATE", granule(first + 4), granule(first + 22), 0, 3);
            machine.map(first + 4, 0, first + 23);
            machine.map(first + 4, 4096, first + 24);
        }
        machine.demand("RMI_REALM_ACTIVATE", granule(44));
        machine.call("RMI_REC_CREATE", granule(4), granule(80), granule(HOST_PAGE));
        return machine.rmm;
    }

    private static Rmm on1_0(GuestSoftware guest) {
        var rmm = new Rmm(RmmConfig.modelled1_0(TestMachine.DRAM, GRANULES), guest);
        for (int index = 0; index < DELEGATED; index++) {
            demand(rmm, RmiCommand1_0.RMI_GRANULE_DELEGATE, granule(index));
        }
        PhysicalMemory memory = rmm.memory();
        long page = granule(HOST_PAGE);
        for (int realm = 0; realm < 2; realm++) {
            int first = realm * 40;
            memory.zeroGranule(page);
            memory.writeWord(page + 0x8, 32);
            memory.writeWord(page + 0x18, 1);
            memory.writeWord(page + 0x20, 1);
            memory.writeWord(page + 0x800, realm);
            memory.writeWord(page + 0x808, granule(first));
            memory.writeWord(page + 0x810, 2);
            memory.writeWord(page + 0x818, 4);
            demand(rmm, RmiCommand1_0.RMI_REALM_CREATE, granule(first + 4), page);
            memory.zeroGranule(page);
            memory.writeWord(page, 1);
            memory.writeWord(page + 0x800, 16);
            for (int i = 0; i < 16; i++) {
                memory.writeWord(page + 0x808 + 8L * i, granule(first + 6 + i));
            }
            demand(rmm, RmiCommand1_0.RMI_REC_CREATE, granule(first + 4), granule(first + 5), page);
            demand(rmm, RmiCommand1_0.RMI_RTT_CREATE, granule(first + 4), granule(first + 22), 0, 3);
            demand(rmm, RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, granule(first + 4), granule(first + 23), 0);
            demand(rmm, RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, granule(first + 4), granule(first + 24), 4096);
        }
        demand(rmm, RmiCommand1_0.RMI_REALM_ACTIVATE, granule(44));
        return rmm;
    }

    private static void demand(Rmm rmm, RmiFunction command, long... arguments) {
        long[] x = new long[Rmm.REGISTERS];
        x[0] = command.fid();
        System.arraycopy(arguments, 0, x, 1, arguments.length);
        rmm.smc(x);
        if (x[0] != RmiStatus.SUCCESS) {
            throw new IllegalStateException(command + " answered 0x" + Long.toHexString(x[0]));
        }
    }
}
