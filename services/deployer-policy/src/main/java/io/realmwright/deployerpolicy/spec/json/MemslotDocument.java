package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.machine.spec.Memslot;
import org.jspecify.annotations.Nullable;

record MemslotDocument(
        @Nullable String base,
        @Nullable String size,
        @Nullable Boolean guestMemfd) {
    static MemslotDocument of(Memslot slot) {
        return new MemslotDocument(
                Hex.of(slot.range().start()), Hex.of(slot.range().sizeBytes()), slot.guestMemfd());
    }

    Memslot read(Fields fields, String path) {
        return new Memslot(fields.range(path, base, size), guestMemfd == null || guestMemfd);
    }
}
