package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.machine.memory.MemoryRun;

/** A run of an IPA space that is all in one state, as JSON. */
public record MemoryRunDocument(String base, String size, String hipas, String ripas) {
    public static MemoryRunDocument of(MemoryRun run) {
        return new MemoryRunDocument(
                Hex.of(run.range().start()), Hex.of(run.range().sizeBytes()), run.hipas(), run.ripas());
    }
}
