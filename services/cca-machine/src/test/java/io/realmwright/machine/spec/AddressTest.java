package io.realmwright.machine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, ranges and other values cannot be built wrong. */
class AddressTest {
    @Test
    void anAddressIsNotNegativeAndWrittenInHexadecimal() {
        assertThat(new Ipa(0x8000_0000L)).hasToString("0x80000000");
        assertThatThrownBy(() -> new Ipa(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -4096", "4096, 9223372036854775807", "9223372036854775807, 1"})
    void aRangeHasASizeAndAnEnd(long base, long size) {
        assertThatThrownBy(() -> IpaRange.of(base, size)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRangeEndsBeforeItsTop() {
        var range = IpaRange.of(0x1000, 0x2000);

        assertThat(range.contains(0xfff)).isFalse();
        assertThat(range.contains(0x1000)).isTrue();
        assertThat(range.contains(0x2fff)).isTrue();
        assertThat(range.contains(0x3000)).isFalse();
        assertThat(range.overlaps(IpaRange.of(0x3000, 0x1000))).isFalse();
        assertThat(range.overlaps(IpaRange.of(0x2fff, 1))).isTrue();
        assertThat(range).hasToString("[0x1000, 0x3000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5a", "5A", "not hexadecimal"})
    void aPersonalizationValueHas64Bytes(String hex) {
        assertThatThrownBy(() -> new PersonalizationValue(hex)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new PersonalizationValue("00".repeat(64)).isZero()).isTrue();
        assertThat(new PersonalizationValue("5a".repeat(64)).bytes())
                .hasSize(64)
                .containsOnly(0x5a);
    }
}
