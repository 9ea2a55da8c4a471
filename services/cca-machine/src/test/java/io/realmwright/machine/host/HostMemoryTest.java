package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostMemoryTest {
    private static final long BASE = 1L << 39;
    private static final long PAGE = 4096;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void handsOutWhatASetOfFreeGranulesHolds(long seed) {
        int granules = 64;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var memory = new HostMemory(BASE, granules);
        Set<Long> free = new TreeSet<>();
        for (int i = 0; i < granules; i++) {
            free.add(BASE + i * PAGE);
        }
        List<Long> used = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (used.isEmpty() || random.nextInt(4) == 0) {
                int count = 1 << random.nextInt(5);
                boolean possible = holdsRun(free, count);
                List<Long> run = allocate(memory, count);
                assertThat(run.isEmpty())
                        .as("seed %d, step %d: %d granules", seed, step, count)
                        .isEqualTo(!possible);
                assertThat(free).as("seed %d, step %d", seed, step).containsAll(run);
                free.removeAll(run);
                used.addAll(run);
            } else {
                long granule = used.remove(random.nextInt(used.size()));
                memory.release(granule);
                free.add(granule);
            }
            assertThat(memory.freeGranules()).isEqualTo(free.size());
        }
    }

    private static boolean holdsRun(Set<Long> free, int count) {
        return free.stream().anyMatch(first -> first % (count * PAGE) == 0 && free.containsAll(run(first, count)));
    }

    private static List<Long> run(long first, int count) {
        List<Long> run = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            run.add(first + i * PAGE);
        }
        return run;
    }

    /** Neighbours, aligned to the size of all; none if there are none. */
    private static List<Long> allocate(HostMemory memory, int count) {
        try {
            long first = memory.allocateAligned(count);
            assertThat(first % (count * PAGE)).isZero();
            return run(first, count);
        } catch (OutOfGranulesException e) {
            return List.of();
        }
    }

    @Test
    void rootTablesAreFoundAmongGranulesThatCameBack() throws OutOfGranulesException {
        var memory = new HostMemory(BASE, 32);
        for (int launch = 0; launch < 100; launch++) {
            long roots = memory.allocateAligned(16);
            for (long granule : run(roots, 16)) {
                memory.release(granule);
            }
        }
        assertThat(memory.freeGranules()).isEqualTo(32);
    }
}
