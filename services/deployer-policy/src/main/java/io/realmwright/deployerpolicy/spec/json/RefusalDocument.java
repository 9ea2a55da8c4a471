package io.realmwright.deployerpolicy.spec.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.host.RmiRefusal;
import org.jspecify.annotations.Nullable;

/** The RMI call that was refused, with the RMM's own names. */
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
public record RefusalDocument(
        @Nullable String command,
        @Nullable String status,
        @Nullable Integer index,
        @Nullable String ipa) {
    public static RefusalDocument of(RmiRefusal refusal) {
        return new RefusalDocument(
                refusal.command(),
                refusal.status(),
                refusal.index(),
                refusal.ipa() == null ? null : refusal.ipa().toString());
    }

    public RmiRefusal read(Fields fields, String path) {
        return new RmiRefusal(
                fields.required(path + ".command", command, ""),
                fields.required(path + ".status", status, ""),
                fields.required(path + ".index", index, 0),
                ipa == null ? null : fields.ipa(path + ".ipa", ipa));
    }
}
