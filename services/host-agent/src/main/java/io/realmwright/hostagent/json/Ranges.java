package io.realmwright.hostagent.json;

import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Ranges of IPAs: {@code {"base": "0x80000000", "size": "0x10000000"}}. */
public final class Ranges {
    private static final IpaRange REPLACEMENT = IpaRange.of(0, Granule.SIZE_BYTES);

    private Ranges() {}

    static IpaRange read(Fields fields) {
        long base = fields.hex("base");
        long size = fields.positiveHex("size");
        if (base > Long.MAX_VALUE - size) {
            fields.reject("size", "must end the range below 2^63");
            return REPLACEMENT;
        }
        return new IpaRange(new Ipa(base), size);
    }

    public static ObjectNode write(IpaRange range) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("base", Hex.of(range.start()))
                .put("size", Hex.of(range.sizeBytes()));
    }

    static ArrayNode write(List<IpaRange> ranges) {
        var array = JsonNodeFactory.instance.arrayNode();
        ranges.forEach(range -> array.add(write(range)));
        return array;
    }
}
