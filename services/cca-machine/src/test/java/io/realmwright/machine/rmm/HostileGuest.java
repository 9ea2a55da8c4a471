package io.realmwright.machine.rmm;

import io.realmwright.machine.guest.Access;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes any call, takes any exception and touches any address; an interrupt ends each entry before long. */
final class HostileGuest implements GuestSoftware {
    private static final List<Access> ACCESSES = List.of(Access.values());
    private static final List<RsiCommand> COMMANDS = List.of(RsiCommand.values());
    private static final long[] CLASSES = {0x01, 0x07, 0x16, 0x17, 0x20, 0x24, 0x3c};
    private static final long PSCI = 0x84000000L;

    private final RandomGenerator random;
    private final HostileValues values;

    HostileGuest(RandomGenerator random, HostileValues values) {
        this.random = random;
        this.values = values;
    }

    @Override
    public Trap run(VirtualCpu cpu) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                for (int i = 1; i < 11; i++) {
                    cpu.register(i, random.nextInt(3) == 0 ? random.nextInt(5) : values.value());
                }
                cpu.register(0, fid());
                yield Trap.SMC;
            }
            case 3 -> {
                long syndrome = CLASSES[random.nextInt(CLASSES.length)] << 26 | random.nextInt(1 << 26);
                cpu.syndrome(syndrome, values.value(), random.nextBoolean() ? values.value() : values.ipa() >>> 8);
                yield Trap.SYNC;
            }
            case 4, 5 -> {
                Access access = ACCESSES.get(random.nextInt(ACCESSES.size()));
                yield cpu.touch(access, random.nextBoolean() ? values.ipa() : values.value(), 7) ? Trap.IRQ : Trap.SYNC;
            }
            case 6 -> Trap.FIQ;
            default -> random.nextInt(9) == 0 ? Trap.SERROR : Trap.IRQ;
        };
    }

    private long fid() {
        // Rarely, since PSCI calls end the life of a vCPU or of its realm.
        if (random.nextInt(12) == 0) {
            return PSCI + random.nextInt(12) + (random.nextBoolean() ? 1L << 30 : 0);
        }
        return values.fid(COMMANDS.get(random.nextInt(COMMANDS.size())).fid(), 0xC4000190L, 0x20);
    }
}
