package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A host that puts anything into the registers, on a machine where much of it means something. */
class HostileCalls1_0Test {
    private static final int CALLS = 300_000;
    private static final int GRANULES_OF_INTEREST = 160;
    private static final RmiCommand1_0[] COMMANDS = RmiCommand1_0.values();

    private static final long[] EDGES = {
        0,
        1,
        2,
        3,
        4,
        8,
        0x1000,
        0x1fff,
        0x20_0000,
        0x4000_0000L,
        0x3f_ffff_f000L,
        0x40_0000_0000L,
        0x7f_ffff_f000L,
        0x80_0000_0000L,
        1L << 48,
        1L << 52,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -4096,
        -0x20_0000L
    };

    private final Random random = new Random(10);
    private final Machine1_0 machine = new Machine1_0(this::run);

    private Trap run(VirtualCpu cpu) {
        for (int i = 0; i < 5; i++) {
            cpu.register(i, anything());
        }
        if (random.nextInt(4) == 0) {
            cpu.syndrome(anything() & 0xffff_ffffL, anything(), anything() & 0xffff_fff0L);
            return Trap.SYNC;
        }
        cpu.register(0, 0xC400_0190L + random.nextInt(20));
        return random.nextInt(3) == 0 ? Trap.IRQ : Trap.SMC;
    }

    private long anything() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> Machine1_0.granule(random.nextInt(GRANULES_OF_INTEREST));
            case 4, 5 -> EDGES[random.nextInt(EDGES.length)];
            case 6 -> (long) random.nextInt(1024) << 12;
            default -> random.nextLong();
        };
    }

    @Test
    void everyAnswerIsAStatusOf1_0AndNoGranuleIsLost() {
        machine.createRealm(16, 64);
        for (int i = 0; i < CALLS; i++) {
            RmiCommand1_0 command = COMMANDS[random.nextInt(COMMANDS.length)];
            long status = machine.call(command, anything(), anything(), anything(), anything(), anything());
            assertThat(RmiStatus.statusOf(status)).as(command.name()).isBetween(0, 4);
            assertThat(status >>> 16).as(command.name()).isZero();
        }
        long granules = 0;
        for (GranuleState state : GranuleState.values()) {
            granules += machine.rmm.countOf(state);
        }
        assertThat(granules).isEqualTo(Machine1_0.GRANULES);
        assertThat(machine.rmm.countOf(GranuleState.PARTIAL)).isZero();
    }
}
