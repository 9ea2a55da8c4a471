package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.granule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folding a table of blocks of 1 GiB, which no entry can hold: what is wrong with it is seen in this order (4.16). */
class TopLevelFoldTest {
    private static final long GIB = 1L << 30;
    private static final long UNPROTECTED = 1L << 47;
    private static final long TABLE_SPAN = 512 * GIB;
    private static final long SINGLE = 1;
    private static final long READ_WRITE = 3L << 19;
    private static final int SIZE_1_GIB = 2;

    private static final int RD = 1;
    private static final int TABLE = 2;

    @ParameterizedTest(name = "at 0x{0}: RTT({1})")
    @CsvSource({"10000000000, 0", "10040000000, 1", "17fc0000000, 1"})
    void unalignedBlocksAreSeenBeforeTheLevel(String address, int level) {
        var machine = new TestMachine(64, cpu -> Trap.FIQ);
        machine.delegate(0, RD, TABLE);
        machine.createRealm(48, 0, 1, RD, 0, 10);
        machine.demand("RMI_RTT_CREATE", granule(RD), granule(TABLE), UNPROTECTED, 1);
        long descriptor = Long.parseLong(address, 16) | 512 << 2 | SIZE_1_GIB;
        machine.demand(
                "RMI_RTT_UNPROT_MAP",
                granule(RD),
                UNPROTECTED,
                UNPROTECTED + TABLE_SPAN,
                SINGLE | READ_WRITE,
                descriptor);

        long[] folded = machine.call("RMI_RTT_FOLD", granule(RD), UNPROTECTED, 1);

        assertThat(folded[0]).isEqualTo(RmiStatus.errorRtt(level));
    }
}
