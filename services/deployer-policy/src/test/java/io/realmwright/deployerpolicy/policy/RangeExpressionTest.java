package io.realmwright.deployerpolicy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.policy.RangeExpression.AtOffset;
import io.realmwright.deployerpolicy.policy.RangeExpression.Literal;
import io.realmwright.deployerpolicy.policy.RangeExpression.Part;
import io.realmwright.deployerpolicy.policy.RangeExpression.SlotPart;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeExpressionTest {
    private static final RealmSpec SPEC = new RealmSpec(
            List.of(
                    new Memslot(IpaRange.of(0x8000_0000L, 0x3000), true),
                    new Memslot(IpaRange.of(0x9000_0000L, 0x1000), true)),
            1,
            40,
            HashAlgorithm.SHA_256,
            List.of(),
            new Guest.Profile(GuestProfile.LINUX));

    @Test
    void aLiteralRangeIsTheSameInEveryRealm() {
        assertThat(new Literal(IpaRange.of(0x1000, 0x1000)).in(SPEC)).contains(IpaRange.of(0x1000, 0x1000));
    }

    @Test
    void anOffsetIsCountedFromTheSlotsBase() {
        assertThat(new AtOffset(0, 0x1000, 0x2000).in(SPEC)).contains(IpaRange.of(0x8000_1000L, 0x2000));
    }

    @Test
    void aRangeThatLeavesItsSlotIsNone() {
        assertThat(new AtOffset(0, 0x1000, 0x3000).in(SPEC)).isEmpty();
        assertThat(new AtOffset(0, 0x4000, 0x1000).in(SPEC)).isEmpty();
        assertThat(new AtOffset(0, 0x1000, Long.MAX_VALUE).in(SPEC)).isEmpty();
    }

    @Test
    void aSlotThatTheRealmLacksHasNoRange() {
        assertThat(new AtOffset(2, 0, 0x1000).in(SPEC)).isEmpty();
        assertThat(new SlotPart(2, Part.ALL).in(SPEC)).isEmpty();
    }

    @Test
    void theHalvesOfASlotMeetAndTheOddGranuleIsInTheHighOne() {
        assertThat(new SlotPart(0, Part.LOW_HALF).in(SPEC)).contains(IpaRange.of(0x8000_0000L, 0x1000));
        assertThat(new SlotPart(0, Part.HIGH_HALF).in(SPEC)).contains(IpaRange.of(0x8000_1000L, 0x2000));
        assertThat(new SlotPart(0, Part.ALL).in(SPEC)).contains(IpaRange.of(0x8000_0000L, 0x3000));
    }

    @Test
    void aSlotOfOneGranuleHasNoLowHalf() {
        assertThat(new SlotPart(1, Part.LOW_HALF).in(SPEC)).isEmpty();
        assertThat(new SlotPart(1, Part.HIGH_HALF).in(SPEC)).contains(IpaRange.of(0x9000_0000L, 0x1000));
    }
}
