package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Host and guest at once put any value into any register: the machine answers, and is in order after every call. More
 * of it: {@code -Dhostile.calls=10000000 -Dhostile.seed=7}.
 */
class HostileCallerTest {
    private static final int CALLS_PER_MACHINE = 1_000;
    private static final long CALLS = Long.getLong("hostile.calls", 150_000);
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final int SEEDS = 3;

    /** A run that needs this long does not end. */
    private static final int MINUTES_MAX = 60;

    /** Commands without a success, and those that no caller serves who does not know what he does. */
    private static final Set<String> NEVER_SERVED = Set.of(
            "RMI_GPT_L1_CREATE",
            "RMI_OP_CANCEL",
            "RMI_RMM_ACTIVATE",
            "RMI_RMM_CONFIG_SET",
            "RMI_OP_MEM_DONATE",
            "RMI_OP_MEM_RECLAIM",
            "RMI_REC_CREATE",
            "RMI_REC_DESTROY",
            "RMI_REALM_DESTROY",
            "RMI_VERSION",
            "RMI_RTT_SET_RIPAS",
            "RMI_PSCI_COMPLETE");

    static Stream<Arguments> seeds() {
        return LongStream.range(SEED, SEED + SEEDS)
                .boxed()
                .flatMap(seed -> Arrays.stream(RmiRevision.values()).map(revision -> Arguments.of(revision, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    @Timeout(value = MINUTES_MAX, unit = TimeUnit.MINUTES)
    void everyCallIsAnsweredAndLeavesTheMachineInOrder(RmiRevision revision, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Set<String> served = new TreeSet<>();
        long machines = CALLS / SEEDS / RmiRevision.values().length / CALLS_PER_MACHINE;
        for (int machine = 0; machine < machines; machine++) {
            play(random, revision, served, revision + ", seed " + seed + ", machine " + machine);
        }
        // What can be served is: the values are not all nonsense. A realm is rarely without everything that keeps it.
        assertThat(served)
                .containsAll(revision.commands().stream()
                        .filter(command -> !NEVER_SERVED.contains(command))
                        .toList());
    }

    private static void play(RandomGenerator random, RmiRevision revision, Set<String> served, String where) {
        var values = new HostileValues(random, revision, LivelyMachine.GRANULES);
        Rmm rmm = LivelyMachine.on(revision, new HostileGuest(random, values));
        var invariants = new Invariants(rmm, LivelyMachine.GRANULES);
        long[] x = new long[Rmm.REGISTERS];
        for (int call = 0; call < CALLS_PER_MACHINE; call++) {
            if (random.nextInt(4) == 0) {
                values.scribble(rmm);
            }
            values.fill(x, rmm);
            RmiFunction command = switch (revision) {
                case RMI_1_0 -> RmiCommand1_0.of(x[0]);
                case RMI_2_0 -> RmiCommand.of(x[0]);
            };
            long[] made = x.clone();
            try {
                rmm.smc(x);
                invariants.check();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(where + ", call " + call + ": " + hex(made), failure);
            }
            if (!isAnswer(revision, x[0])) {
                throw new AssertionError(where + ", call " + call + ": " + hex(made) + " answered " + hex(x));
            }
            if (command != null && x[0] == RmiStatus.SUCCESS) {
                served.add(command.name());
            }
        }
    }

    /** NOT_SUPPORTED, or a status of the revision with an index where it has one. */
    private static boolean isAnswer(RmiRevision revision, long x0) {
        int status = RmiStatus.statusOf(x0);
        boolean known = status == RmiStatus.SUCCESS || revision.refusals().contains(RmiStatus.nameOf(x0));
        boolean indexed =
                status == RmiStatus.ERROR_REALM || status == RmiStatus.ERROR_RTT || status == RmiStatus.INCOMPLETE;
        return x0 == RmiStatus.NOT_SUPPORTED || (known && x0 >>> 16 == 0 && (indexed || RmiStatus.indexOf(x0) == 0));
    }

    private static String hex(long[] x) {
        return Arrays.stream(x).mapToObj(Long::toHexString).toList().toString();
    }
}
