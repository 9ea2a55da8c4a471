package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.granule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host and guest at once put any value into any register: the machine answers, and no granule is lost. */
class HostileCallerTest {
    private static final int MACHINES = 100;
    private static final int CALLS_PER_MACHINE = 1_000;
    private static final int GRANULES = 160;
    private static final long STATUS_MAX = 16;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aHundredThousandRandomCallsAreAnsweredAndLoseNoGranule(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<RmiCommand, Integer> served = new EnumMap<>(RmiCommand.class);
        for (int machine = 0; machine < MACHINES; machine++) {
            play(random, served, "seed " + seed + ", machine " + machine);
        }
        // Whatever can be served at all was: the values were not all nonsense.
        assertThat(served.keySet())
                .contains(
                        RmiCommand.RMI_REALM_CREATE,
                        RmiCommand.RMI_REALM_DESTROY,
                        RmiCommand.RMI_REC_ENTER,
                        RmiCommand.RMI_RTT_CREATE,
                        RmiCommand.RMI_RTT_DESTROY,
                        RmiCommand.RMI_RTT_INIT_RIPAS,
                        RmiCommand.RMI_RTT_DATA_MAP,
                        RmiCommand.RMI_RTT_DATA_MAP_INIT,
                        RmiCommand.RMI_RTT_DATA_UNMAP,
                        RmiCommand.RMI_RTT_UNPROT_MAP,
                        RmiCommand.RMI_RTT_UNPROT_UNMAP,
                        RmiCommand.RMI_OP_CONTINUE);
    }

    private static void play(RandomGenerator random, Map<RmiCommand, Integer> served, String where) {
        var values = new HostileValues(random, GRANULES);
        TestMachine machine = aLivelyMachine(new HostileGuest(random, values));
        long[] x = new long[Rmm.REGISTERS];
        for (int call = 0; call < CALLS_PER_MACHINE; call++) {
            if (random.nextInt(4) == 0) {
                values.scribble(machine.rmm);
            }
            values.fill(x, machine.rmm);
            String made = where + ", call " + call + ": " + hex(x);
            RmiCommand command = RmiCommand.of(x[0]);

            answer(machine, x, made);

            assertThat(isAnswer(x[0])).as("%s answered 0x%x", made, x[0]).isTrue();
            assertThat(countedByState(machine.rmm)).as(made).isEqualTo(GRANULES);
            if (command != null && x[0] == RmiStatus.SUCCESS) {
                served.merge(command, 1, Integer::sum);
            }
        }
        assertThat(recounted(machine.rmm)).as(where).isEqualTo(machine.granulesByState());
    }

    /** NOT_SUPPORTED, or a status with its index. */
    private static boolean isAnswer(long x0) {
        return x0 == -1 || ((x0 & 0xff) <= STATUS_MAX && x0 >>> 16 == 0);
    }

    private static void answer(TestMachine machine, long[] x, String made) {
        try {
            machine.rmm.smc(x);
        } catch (RuntimeException failure) {
            throw new AssertionError(made, failure);
        }
    }

    /** A NEW realm and a running one, with tables, contents, a shared page and an operation under way. */
    private static TestMachine aLivelyMachine(GuestSoftware guest) {
        var machine = new TestMachine(GRANULES, guest);
        for (int index = 0; index < 120; index++) {
            machine.delegate(index);
        }
        for (int realm = 0; realm < 2; realm++) {
            int first = realm * 40;
            machine.createRealm(32, 2, 4, first + 4, first, 130);
            machine.createRec(first + 4, first + 5, first + 6, 0, 130);
            machine.demand("RMI_RTT_CREATE", granule(first + 4), granule(first + 22), 0, 3);
            machine.map(first + 4, 0, first + 23);
            machine.map(first + 4, 4096, first + 24);
        }
        machine.demand("RMI_REALM_ACTIVATE", granule(44));
        machine.call("RMI_REC_CREATE", granule(4), granule(80), granule(130));
        return machine;
    }

    private static long countedByState(Rmm rmm) {
        long sum = 0;
        for (GranuleState state : GranuleState.values()) {
            assertThat(rmm.countOf(state)).isNotNegative();
            sum += rmm.countOf(state);
        }
        return sum;
    }

    private static Map<String, Long> recounted(Rmm rmm) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("NS", (long) GRANULES);
        rmm.forEachUsedGranule((index, state, refcount) -> {
            counts.merge(state.name(), 1L, Long::sum);
            counts.merge("NS", -1L, Long::sum);
        });
        return counts;
    }

    private static String hex(long[] x) {
        return Arrays.stream(x).mapToObj(Long::toHexString).toList().toString();
    }
}
