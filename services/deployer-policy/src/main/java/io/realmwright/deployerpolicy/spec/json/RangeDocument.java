package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.machine.spec.IpaRange;
import org.jspecify.annotations.Nullable;

/** {@code {"base":"0x80000000","size":"0x1000"}}. */
public record RangeDocument(@Nullable String base, @Nullable String size) {
    static RangeDocument of(IpaRange range) {
        return new RangeDocument(Hex.of(range.start()), Hex.of(range.sizeBytes()));
    }

    IpaRange read(Fields fields, String path) {
        return fields.range(path, base, size);
    }
}
