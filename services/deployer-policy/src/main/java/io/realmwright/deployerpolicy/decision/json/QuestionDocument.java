package io.realmwright.deployerpolicy.decision.json;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.image.RequestedSpec;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.LabelFields;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be decided, as a client asks it. */
public record QuestionDocument(
        @Nullable String name,
        @Nullable RealmSpecDocument spec,
        @Nullable Map<String, @Nullable String> labels,
        @Nullable String policy,
        @Nullable Map<String, @Nullable String> hostSelector) {
    private static final RealmSpecDocument EMPTY = new RealmSpecDocument(null, null, null, null, null, null);

    /** Reads the question; a realm without a name gets {@code absentName}. */
    public Deciding.Question read(Fields fields, String absentName) {
        RequestedSpec requested = spec == null
                ? fields.required("spec", null, EMPTY).read(new Fields(), "spec")
                : spec.read(fields, "spec");
        return new Deciding.Question(
                fields.name("name", name == null ? absentName : name),
                requested,
                LabelFields.read(fields, "labels", labels),
                policy == null ? Optional.empty() : Optional.of(fields.name("policy", policy)),
                LabelFields.read(fields, "hostSelector", hostSelector));
    }
}
