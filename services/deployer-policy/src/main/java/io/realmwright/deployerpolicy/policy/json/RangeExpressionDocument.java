package io.realmwright.deployerpolicy.policy.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.deployerpolicy.policy.RangeExpression;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.RealmSpec;
import org.jspecify.annotations.Nullable;

/** {@code {base, size}}, {@code {slot, offset, size}} or {@code {slot, part}}. */
public record RangeExpressionDocument(
        @Nullable String base,
        @Nullable String size,
        @Nullable Integer slot,
        @Nullable String offset,
        @Nullable String part) {
    private static final RangeExpression PLACEHOLDER = new RangeExpression.Literal(IpaRange.of(0, Granule.SIZE_BYTES));

    static RangeExpressionDocument of(RangeExpression range) {
        return switch (range) {
            case RangeExpression.Literal(var literal) ->
                new RangeExpressionDocument(Hex.of(literal.start()), Hex.of(literal.sizeBytes()), null, null, null);
            case RangeExpression.AtOffset(var slot, var offset, var size) ->
                new RangeExpressionDocument(null, Hex.of(size), slot, Hex.of(offset), null);
            case RangeExpression.SlotPart(var slot, var part) ->
                new RangeExpressionDocument(null, null, slot, null, part.name());
        };
    }

    RangeExpression read(Fields fields, String path) {
        if (slot == null && base != null && offset == null && part == null) {
            return literal(fields, path);
        }
        if (slot != null && base == null && part != null && offset == null && size == null) {
            return new RangeExpression.SlotPart(
                    slotIn(fields, path, slot), fields.constant(path + ".part", part, RangeExpression.Part.class));
        }
        if (slot != null && base == null && part == null && offset != null) {
            return atOffset(fields, path, slot);
        }
        fields.reject(path, "has base and size, or slot, offset and size, or slot and part");
        return PLACEHOLDER;
    }

    private RangeExpression literal(Fields fields, String path) {
        IpaRange range = fields.range(path, base, size);
        if (fields.foundNothing() && !range.isGranuleAligned()) {
            fields.reject(path, "has a base and a size of whole granules of 0x1000 bytes");
        }
        return new RangeExpression.Literal(range);
    }

    private RangeExpression atOffset(Fields fields, String path, int slotNumber) {
        long offsetBytes = fields.number(path + ".offset", offset);
        long sizeBytes = fields.number(path + ".size", size);
        if (!Granule.isAligned(offsetBytes)) {
            fields.reject(path + ".offset", "is a whole number of granules of 0x1000 bytes");
        }
        if (size != null && (sizeBytes == 0 || !Granule.isAligned(sizeBytes))) {
            fields.reject(path + ".size", "is a positive whole number of granules of 0x1000 bytes");
        }
        return new RangeExpression.AtOffset(slotIn(fields, path, slotNumber), offsetBytes, sizeBytes);
    }

    private static int slotIn(Fields fields, String path, int slotNumber) {
        return fields.integer(path + ".slot", slotNumber, 0, 0, RealmSpec.MAX_MEMSLOTS - 1);
    }
}
