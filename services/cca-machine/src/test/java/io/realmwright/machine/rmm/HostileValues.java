package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.granule;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Draws register values for a machine of few granules: most are what a command might fall for, the rest is anything.
 * The realms that it has in mind have 32 IPA bits.
 */
final class HostileValues {
    /** What ends most of what could be tried, and is therefore tried rarely. */
    private static final Set<String> FATAL = Set.of("RMI_REALM_TERMINATE", "RMI_REALM_ACTIVATE", "RMI_REALM_DESTROY");

    /** Of both revisions: a FID of the other one is as good as any. */
    private static final List<RmiFunction> ALL = Stream.<RmiFunction>concat(
                    Arrays.stream(RmiCommand.values()), Arrays.stream(RmiCommand1_0.values()))
            .toList();

    private static final long[] EXTREMES = {
        -1, Long.MIN_VALUE, Long.MAX_VALUE, -4096, 1L << 31, 1L << 32, 1L << 47, 1L << 48, 1L << 52, ~4095L >>> 1
    };
    private static final long[] SIZES = {4096, 2 * 4096, 1 << 21, 1 << 22, 1 << 30, 1L << 31};

    private final RandomGenerator random;
    private final int granules;
    private final List<RmiFunction> commands;

    HostileValues(RandomGenerator random, RmiRevision revision, int granules) {
        this.random = random;
        this.granules = granules;
        this.commands = switch (revision) {
            case RMI_1_0 -> List.of(RmiCommand1_0.values());
            case RMI_2_0 -> List.of(RmiCommand.values());
        };
    }

    /** What the arguments of a command are, one letter each. */
    private static String shape(RmiFunction command) {
        return switch (command.name()) {
            case "RMI_GRANULE_DELEGATE", "RMI_GRANULE_UNDELEGATE" -> "G";
            case "RMI_REALM_CREATE" -> "FH";
            case "RMI_REALM_ACTIVATE", "RMI_REALM_TERMINATE", "RMI_REALM_DESTROY", "RMI_REC_AUX_COUNT" -> "D";
            case "RMI_REC_CREATE" -> "DFH";
            case "RMI_REC_DESTROY" -> "C";
            case "RMI_REC_ENTER" -> "CH";
            case "RMI_PSCI_COMPLETE" -> "CCN";
            case "RMI_RTT_CREATE" -> "DFBL";
            case "RMI_RTT_DESTROY", "RMI_RTT_FOLD", "RMI_RTT_READ_ENTRY" -> "DBL";
            case "RMI_RTT_INIT_RIPAS" -> "DIT";
            case "RMI_RTT_SET_RIPAS" -> "DCIT";
            case "RMI_RTT_DATA_MAP_INIT", "RMI_DATA_CREATE" -> "DFIHN";
            case "RMI_DATA_CREATE_UNKNOWN" -> "DFI";
            case "RMI_DATA_DESTROY" -> "DI";
            case "RMI_RTT_MAP_UNPROTECTED" -> "DULG";
            case "RMI_RTT_UNMAP_UNPROTECTED" -> "DUL";
            case "RMI_RTT_DATA_MAP" -> "DITAR";
            case "RMI_RTT_UNPROT_MAP" -> "DUTAR";
            case "RMI_RTT_DATA_UNMAP" -> "DITAZ";
            case "RMI_RTT_UNPROT_UNMAP" -> "DUTAZ";
            case "RMI_OP_CONTINUE", "RMI_OP_CANCEL" -> "NN";
            case "RMI_OP_MEM_DONATE", "RMI_OP_MEM_RECLAIM" -> "NHN";
            default -> "GS";
        };
    }

    /** A call with a FID that exists, nearly exists or does not; any argument may be out of place or the same as another. */
    void fill(long[] x, Rmm rmm) {
        RmiFunction command = command();
        String shape = shape(command);
        x[0] = random.nextInt(50) == 0
                ? ALL.get(random.nextInt(ALL.size())).fid()
                : fid(command.fid(), 0xC4000150L, 0xC0);
        for (int i = 1; i < x.length; i++) {
            int kind = random.nextInt(16);
            if (kind == 0 && i > 1) {
                x[i] = x[random.nextInt(1, i)];
            } else if (kind == 1 || i > shape.length()) {
                x[i] = value();
            } else {
                x[i] = shaped(shape.charAt(i - 1), rmm, x[i - 1]);
            }
        }
    }

    private RmiFunction command() {
        RmiFunction command = commands.get(random.nextInt(commands.size()));
        return FATAL.contains(command.name()) && random.nextInt(10) != 0 ? command() : command;
    }

    private long shaped(char kind, Rmm rmm, long previous) {
        return switch (kind) {
            case 'D' -> granuleOf(rmm, GranuleState.RD);
            case 'C' -> granuleOf(rmm, GranuleState.REC);
            case 'F' -> granuleOf(rmm, GranuleState.DELEGATED);
            case 'H' -> granuleOf(rmm, GranuleState.NS);
            case 'G' -> granule(random.nextInt(granules));
            case 'I' -> ipa();
            case 'U' -> ipa() | 1L << 31;
            case 'B' -> ipa() & -(1L << 21);
            case 'L' -> random.nextInt(10) == 0 ? random.nextInt(5) : 3;
            case 'N' -> random.nextInt(4);
            case 'S', 'T' -> previous + SIZES[random.nextInt(SIZES.length)];
            case 'A' -> random.nextInt(3) | (random.nextInt(4) == 0 ? random.nextInt(16) << 2 : 0) | 3L << 19;
            case 'R' -> granuleOf(rmm, GranuleState.DELEGATED) | random.nextLong(1, 3) << 2;
            default -> 0;
        };
    }

    private long granuleOf(Rmm rmm, GranuleState state) {
        int first = random.nextInt(granules);
        for (int i = 0; i < granules; i++) {
            long candidate = granule((first + i) % granules);
            if (rmm.granuleState(candidate) == state) {
                return candidate;
            }
        }
        return granule(first);
    }

    long fid(long existing, long first, int count) {
        return switch (random.nextInt(20)) {
            case 0 -> first + random.nextInt(-1, count + 1);
            case 1 -> existing | 1 << 16;
            case 2 -> random.nextLong();
            default -> existing;
        };
    }

    long value() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> granule(random.nextInt(-1, granules + 1));
            case 3 -> granule(random.nextInt(granules)) + (1L << random.nextInt(12));
            case 4 -> ipa();
            case 5, 6 -> random.nextInt(-1, 5);
            case 7 -> descriptor();
            case 8 -> random.nextInt(1 << 23);
            case 9, 10 -> EXTREMES[random.nextInt(EXTREMES.length)];
            default -> random.nextLong();
        };
    }

    /** In either half, in one of two blocks. */
    long ipa() {
        long half = random.nextInt(3) == 0 ? 1L << 31 : 0;
        return half + random.nextInt(3) * 4096L + random.nextInt(2) * (1L << 21) + (random.nextInt(20) == 0 ? 8 : 0);
    }

    private long descriptor() {
        long blocks = random.nextInt(3);
        return granule(random.nextInt(granules)) | blocks << 2 | (random.nextInt(9) == 0 ? random.nextInt(4) : 0);
    }

    /** The host writes into a page of its own: parameters of a realm or a vCPU, a list, or noise. */
    void scribble(Rmm rmm) {
        long page = granuleOf(rmm, GranuleState.NS);
        if (!rmm.isHostAccessible(page)) {
            return;
        }
        PhysicalMemory memory = rmm.memory();
        switch (random.nextInt(4)) {
            case 0 -> writeRealmParams(memory, page, rmm);
            case 1 -> {
                memory.zeroGranule(page);
                memory.writeWord(page, random.nextInt(2));
                memory.writeWord(page + 0x100, random.nextInt(3));
                memory.writeWord(page + 0x800, random.nextInt(10) == 0 ? value() : 16);
                for (int i = 0; i < 16; i++) {
                    memory.writeWord(page + 0x808 + 8L * i, granuleOf(rmm, GranuleState.DELEGATED));
                }
            }
            case 2 -> {
                for (int i = 0; i < 4; i++) {
                    memory.writeWord(page + 8L * i, granuleOf(rmm, GranuleState.DELEGATED) | random.nextInt(6) << 2);
                }
            }
            default -> memory.writeWord(page + 8L * random.nextInt(512), value());
        }
    }

    private void writeRealmParams(PhysicalMemory memory, long page, Rmm rmm) {
        memory.zeroGranule(page);
        memory.writeWord(page + 0x8, 32);
        memory.writeWord(page + 0x18, 1);
        memory.writeWord(page + 0x20, 1);
        memory.writeWord(page + 0x30, random.nextInt(4));
        memory.writeWord(page + 0x800, random.nextInt(4));
        memory.writeWord(page + 0x808, granuleOf(rmm, GranuleState.DELEGATED) & -4 * 4096L);
        memory.writeWord(page + 0x810, random.nextInt(10) == 0 ? value() : 2);
        memory.writeWord(page + 0x818, random.nextInt(10) == 0 ? value() : 4);
    }
}
