package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.granule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The levels above which no entry maps anything (reference sections 4.16, 4.20 and 7). */
class TopLevelTest {
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
    void ofATableThatNoEntryCanHoldUnalignedBlocksAreSeenBeforeTheLevel(String address, int level) {
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

    /** The reference crashes here. */
    @Test
    void aBlockOf1GibForTablesThatBeginBelowItIsBadInput() {
        var machine = new TestMachine(64, cpu -> Trap.FIQ);
        machine.delegate(0, 1, 2, 3, 4);
        machine.createRealm(32, 2, 4, 4, 0, 10);
        long descriptor = granule(8) | 1 << 2 | SIZE_1_GIB;

        assertThat(machine.call("RMI_RTT_DATA_MAP", granule(4), 0, GIB, SINGLE, descriptor)[0])
                .isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(machine.call("RMI_RTT_UNPROT_MAP", granule(4), 2 * GIB, 3 * GIB, SINGLE, descriptor)[0])
                .isEqualTo(RmiStatus.ERROR_INPUT);
    }
}
