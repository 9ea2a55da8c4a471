package io.realmwright.deployerpolicy.policy;

import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.Optional;

/** A range of memory as a policy writes it: literally, or relative to a memslot of whatever realm it decides about. */
public sealed interface RangeExpression {
    /** The range in this realm; empty if the realm has no such slot or the slot is too small. */
    Optional<IpaRange> in(RealmSpec spec);

    /** For people: what was asked for. */
    String describe();

    /** The same addresses in every realm. */
    record Literal(IpaRange range) implements RangeExpression {
        @Override
        public Optional<IpaRange> in(RealmSpec spec) {
            return Optional.of(range);
        }

        @Override
        public String describe() {
            return range.toString();
        }
    }

    /**
     * Part of a memslot by its distance from the slot's base.
     *
     * @param slot index in {@link RealmSpec#memslots()}
     */
    record AtOffset(int slot, long offsetBytes, long sizeBytes) implements RangeExpression {
        @Override
        public Optional<IpaRange> in(RealmSpec spec) {
            return slotOf(spec, slot)
                    .filter(found -> offsetBytes <= found.range().sizeBytes()
                            && sizeBytes <= found.range().sizeBytes() - offsetBytes)
                    .map(found -> IpaRange.of(found.range().start() + offsetBytes, sizeBytes));
        }

        @Override
        public String describe() {
            return "0x%x bytes at offset 0x%x of memslot %d".formatted(sizeBytes, offsetBytes, slot);
        }
    }

    /** All of a memslot or half of it; the low half gives the odd granule to the high one. */
    record SlotPart(int slot, Part part) implements RangeExpression {
        @Override
        public Optional<IpaRange> in(RealmSpec spec) {
            return slotOf(spec, slot).map(Memslot::range).flatMap(this::of);
        }

        private Optional<IpaRange> of(IpaRange whole) {
            long low = whole.sizeBytes() / 2 & -Granule.SIZE_BYTES;
            return switch (part) {
                case ALL -> Optional.of(whole);
                case LOW_HALF -> low == 0 ? Optional.empty() : Optional.of(IpaRange.of(whole.start(), low));
                case HIGH_HALF -> Optional.of(IpaRange.of(whole.start() + low, whole.sizeBytes() - low));
            };
        }

        @Override
        public String describe() {
            return part + " of memslot " + slot;
        }
    }

    /** Which part of a memslot. */
    enum Part {
        ALL,
        LOW_HALF,
        HIGH_HALF
    }

    private static Optional<Memslot> slotOf(RealmSpec spec, int slot) {
        return slot < spec.memslots().size() ? Optional.of(spec.memslots().get(slot)) : Optional.empty();
    }
}
