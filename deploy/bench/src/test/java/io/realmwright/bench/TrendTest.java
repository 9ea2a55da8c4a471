package io.realmwright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as flat. */
class TrendTest {
    private static final double MIB = 1 << 20;

    @Test
    void aLineTellsHowMuchItGrowsInTheTimeAndInAnHour() {
        var trend = Trend.of(List.of(0.0, 10.0, 20.0), List.of(100.0, 110.0, 120.0));

        assertThat(trend.growth()).isEqualTo(20);
        assertThat(trend.perHour()).isEqualTo(3_600);
        assertThat(trend.mean()).isEqualTo(110);
    }

    @Test
    void memoryThatSwingsIsFlatAndMemoryThatClimbsIsNot() {
        assertThat(Trend.of(List.of(0.0, 1.0, 2.0, 3.0), List.of(90 * MIB, 110 * MIB, 90 * MIB, 110 * MIB))
                        .isFlat())
                .isTrue();
        assertThat(Trend.of(List.of(0.0, 1.0, 2.0, 3.0), List.of(100 * MIB, 112 * MIB, 124 * MIB, 136 * MIB))
                        .isFlat())
                .isFalse();
    }

    @Test
    void memoryThatShrinksIsFlat() {
        assertThat(Trend.of(List.of(0.0, 1.0), List.of(200 * MIB, 100 * MIB)).isFlat())
                .isTrue();
    }
}
