package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GranuleTableTest {
    private static final long BASE = 1L << 39;
    private static final long PAGE = 4096;
    /** Granules that share a table of states. */
    private static final int CHUNK = 4096;

    /** Two whole chunks, and one that DRAM ends in. */
    private static final int GRANULES = 2 * CHUNK + 100;

    private final GranuleTable table = new GranuleTable(BASE, GRANULES);

    private static long address(int granule) {
        return BASE + granule * PAGE;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_125})
    void rangesThatCrossChunksAgreeWithAnArrayOfStates(long seed) {
        var random = new Random(seed);
        GranuleState[] states = new GranuleState[GRANULES];
        Arrays.fill(states, GranuleState.NS);

        for (int step = 0; step < 3000; step++) {
            int first = random.nextInt(GRANULES);
            int count = 1 + random.nextInt(Math.min(GRANULES - first, random.nextBoolean() ? 3 : 2 * CHUNK));
            GranuleState from = states[first];
            GranuleState to = GranuleState.of((byte) random.nextInt(GranuleState.values().length));
            boolean alike = Arrays.stream(states, first, first + count).allMatch(state -> state == from);

            assertThat(table.areAll(address(first), count, from))
                    .as("seed %d, step %d: %d from %d on", seed, step, count, first)
                    .isEqualTo(alike);
            if (alike) {
                table.becomeAll(address(first), count, from, to);
                Arrays.fill(states, first, first + count, to);
            } else {
                table.become(address(first), to);
                states[first] = to;
            }
        }

        assertThat(used()).isEqualTo(used(states));
        for (GranuleState state : GranuleState.values()) {
            assertThat(table.countOf(state))
                    .as(state.name())
                    .isEqualTo(
                            Arrays.stream(states).filter(each -> each == state).count());
        }
    }

    private Map<Long, GranuleState> used() {
        Map<Long, GranuleState> used = new TreeMap<>();
        table.forEachUsed((index, state, refcount) -> used.put(index, state));
        return used;
    }

    private static Map<Long, GranuleState> used(GranuleState[] states) {
        Map<Long, GranuleState> used = new TreeMap<>();
        for (int i = 0; i < states.length; i++) {
            if (states[i] != GranuleState.NS) {
                used.put((long) i, states[i]);
            }
        }
        return used;
    }

    @Test
    void aChunkThatIsAlikeAgainTakesNoNoticeOfItsNeighbours() {
        table.becomeAll(address(0), CHUNK, GranuleState.NS, GranuleState.DELEGATED);
        table.becomeAll(address(CHUNK), CHUNK, GranuleState.NS, GranuleState.DELEGATED);

        table.become(address(7), GranuleState.DATA);

        assertThat(table.is(address(7), GranuleState.DATA)).isTrue();
        assertThat(table.is(address(CHUNK + 7), GranuleState.DELEGATED)).isTrue();
    }

    @Test
    void whatLivedInAGranuleIsGoneWithItsState() {
        table.become(address(3), GranuleState.DELEGATED);
        table.become(address(3), GranuleState.RTT, new Rtt(address(3), 3, 0));
        assertThat(table.refcount(address(3))).isZero();

        table.become(address(3), GranuleState.DELEGATED);

        assertThat(table.realm(address(3))).isNull();
        assertThat(table.rec(address(3))).isNull();
    }

    @Test
    void whatIsNoGranuleOfDramIsUnknown() {
        for (long address : new long[] {BASE - PAGE, BASE + 1, address(GRANULES), Long.MIN_VALUE, -1, 0}) {
            assertThat(table.isKnown(address)).as("0x%x", address).isFalse();
            assertThat(table.areAll(address, 1, GranuleState.NS))
                    .as("0x%x", address)
                    .isFalse();
        }
        assertThat(table.areAll(address(GRANULES - 1), 2, GranuleState.NS)).isFalse();
    }
}
