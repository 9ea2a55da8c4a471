package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.DRAM;
import static io.realmwright.machine.rmm.TestMachine.PAGE;
import static io.realmwright.machine.rmm.TestMachine.granule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelegationTest {
    private static final int GRANULES = 24;
    private static final long DRAM_TOP = DRAM + GRANULES * PAGE;

    private final TestMachine machine = new TestMachine(GRANULES, new ScriptedGuest());
    /** The whole of what is expected of it. */
    private final Set<Long> delegated = new HashSet<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_122})
    void everyAnswerAgreesWithASetOfDelegatedGranules(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int step = 0; step < 20_000; step++) {
            boolean delegate = random.nextBoolean();
            long start = address(random);
            long end = random.nextInt(4) == 0 ? address(random) : start + PAGE * random.nextInt(4);
            boolean valid = isRange(start, end) && DRAM <= start && start < DRAM_TOP;
            boolean done = valid && (delegate ? delegated.add(start) : delegated.remove(start));

            long[] x =
                    machine.call(delegate ? "RMI_GRANULE_RANGE_DELEGATE" : "RMI_GRANULE_RANGE_UNDELEGATE", start, end);

            assertThat(x)
                    .as("seed %d, step %d: %s 0x%x to 0x%x", seed, step, delegate, start, end)
                    .containsExactly(done ? 0 : 1, done ? start + PAGE : start, 0, 0, 0, 0, 0, 0);
            assertStates(seed, step);
        }
    }

    /** Unsigned, as registers are. */
    private static boolean isRange(long start, long end) {
        return start % PAGE == 0 && end % PAGE == 0 && Long.compareUnsigned(start, end) < 0;
    }

    private static long address(RandomGenerator random) {
        long inside = granule(random.nextInt(-1, GRANULES + 1));
        return switch (random.nextInt(20)) {
            case 0 -> inside + 1;
            case 1 -> -PAGE;
            case 2 -> Long.MIN_VALUE + inside;
            default -> inside;
        };
    }

    private void assertStates(long seed, int step) {
        for (int index = 0; index < GRANULES; index++) {
            boolean isDelegated = machine.rmm.granuleState(granule(index)) == GranuleState.DELEGATED;
            assertThat(isDelegated)
                    .as("seed %d, step %d: granule %d", seed, step, index)
                    .isEqualTo(delegated.contains(granule(index)));
        }
    }

    @Test
    void whatAHostHasDelegatedItNoLongerAccesses() {
        machine.delegate(3);

        assertThat(machine.rmm.isHostAccessible(granule(3))).isFalse();
        assertThat(machine.rmm.isHostAccessible(granule(4))).isTrue();
        assertThat(machine.granulesByState()).isEqualTo(Map.of("NS", GRANULES - 1L, "DELEGATED", 1L));
    }

    @Test
    void aGranuleComesBackScrubbed() {
        machine.rmm.memory().writeWord(granule(3) + 8, 0x5ec2e7);
        machine.delegate(3);

        machine.demand("RMI_GRANULE_RANGE_UNDELEGATE", granule(3), granule(4));

        assertThat(machine.read(granule(3) + 8)).isZero();
    }
}
