package io.realmwright.deployerpolicy.decision.json;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.json.PolicyContentDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question that may be about rules which are not published. */
public record TrialDocument(
        @Nullable String name,
        @Nullable RealmSpecDocument spec,
        @Nullable Map<String, @Nullable String> labels,
        @Nullable String policy,
        @Nullable Map<String, @Nullable String> hostSelector,
        @Nullable PolicyContentDocument draft) {
    public Deciding.Question question(Fields fields) {
        return new QuestionDocument(name, spec, labels, policy, hostSelector).read(fields, "unnamed");
    }

    public Optional<PolicyContent> draft(Fields fields) {
        if (draft == null) {
            return Optional.empty();
        }
        var part = new Fields();
        PolicyContent content = draft.read(part);
        fields.rejectAll("draft", part);
        return Optional.of(content);
    }
}
