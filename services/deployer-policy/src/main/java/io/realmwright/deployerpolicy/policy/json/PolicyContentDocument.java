package io.realmwright.deployerpolicy.policy.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.LabelFields;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a revision of a policy says, as JSON; the same document in requests, in answers and in the database. */
public record PolicyContentDocument(
        @Nullable String description,
        @Nullable Map<String, @Nullable String> selector,
        @Nullable List<@Nullable RuleDocument> rules) {
    private static final int DESCRIPTION_MAX_CHARACTERS = 2000;

    public static PolicyContentDocument of(PolicyContent content) {
        return new PolicyContentDocument(
                content.description(),
                content.selector().map(PolicyContentDocument::document).orElse(null),
                content.rules().stream().map(RuleDocument::of).toList());
    }

    private static Map<String, @Nullable String> document(Labels selector) {
        return Map.copyOf(selector.byKey());
    }

    public PolicyContent read(Fields fields) {
        List<Rule> read =
                fields.nonEmptyList("rules", rules, PolicyContent.MAX_RULES, (rule, path) -> rule.read(fields, path));
        var names = new HashSet<String>();
        for (int i = 0; i < read.size(); i++) {
            if (!names.add(read.get(i).name())) {
                fields.reject("rules[" + i + "].name", "is the name of an earlier rule");
            }
        }
        return new PolicyContent(
                fields.text("description", description, DESCRIPTION_MAX_CHARACTERS),
                selector == null ? Optional.empty() : Optional.of(LabelFields.read(fields, "selector", selector)),
                read);
    }

    /** A document that this service wrote itself. */
    public PolicyContent readStored() {
        var fields = new Fields();
        PolicyContent content = read(fields);
        fields.throwIfAny();
        return content;
    }
}
