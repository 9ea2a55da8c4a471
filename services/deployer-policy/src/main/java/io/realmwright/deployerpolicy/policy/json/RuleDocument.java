package io.realmwright.deployerpolicy.policy.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.Rule;
import org.jspecify.annotations.Nullable;

public record RuleDocument(
        @Nullable String name,
        @Nullable String when,
        @Nullable EffectDocument effect) {
    private static final int WHEN_MAX_CHARACTERS = 10_000;

    static RuleDocument of(Rule rule) {
        return new RuleDocument(rule.name(), rule.when(), EffectDocument.of(rule.effect()));
    }

    Rule read(Fields fields, String path) {
        String expression = fields.required(path + ".when", when, "false");
        return new Rule(
                fields.name(path + ".name", name),
                fields.text(path + ".when", expression, WHEN_MAX_CHARACTERS),
                fields.required(path + ".effect", effect, new EffectDocument.Deny(""))
                        .read(fields, path + ".effect"));
    }
}
