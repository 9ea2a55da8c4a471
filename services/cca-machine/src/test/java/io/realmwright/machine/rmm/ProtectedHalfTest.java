package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedHalfTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261122})
    void aRealmOfPagesAndBlocksAgreesWithTheNaiveModel(long seed) {
        assertThat(ProtectedHalf.ofPagesAndBlocks(seed)).isNotEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6, 40})
    void aRealmWithTablesOnThreeLevelsAgreesWithTheNaiveModel(long seed) {
        assertThat(ProtectedHalf.ofTablesOnThreeLevels(seed)).isNotEmpty();
    }
}
