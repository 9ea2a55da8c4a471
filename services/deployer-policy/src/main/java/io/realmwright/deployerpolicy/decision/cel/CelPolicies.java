package io.realmwright.deployerpolicy.decision.cel;

import io.realmwright.deployerpolicy.decision.Facts;
import io.realmwright.deployerpolicy.decision.RuleEvaluator;
import io.realmwright.deployerpolicy.decision.Vocabulary;
import io.realmwright.deployerpolicy.policy.PolicyCompiler;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.deployerpolicy.policy.RuleError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Rules written in the Common Expression Language. */
@Component
public final class CelPolicies implements PolicyCompiler, RuleEvaluator {
    private static final int COMPILED_MAX = 4096;

    private final CelEnvironment environment = new CelEnvironment();
    private final Map<String, CompiledRule> compiled = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompiledRule> eldest) {
            return size() > COMPILED_MAX;
        }
    };

    @Override
    public List<RuleError> check(PolicyContent content) {
        var errors = new ArrayList<RuleError>();
        for (int i = 0; i < content.rules().size(); i++) {
            errors.addAll(environment.check(content.rules().get(i).when(), "rules[" + i + "].when"));
        }
        return errors;
    }

    @Override
    public Questions about(PolicyRevision revision, Facts facts, Detail detail) {
        Map<String, Object> input = FactsInput.of(facts);
        return rule -> compiledRule(revision, rule).evaluate(input, detail);
    }

    @Override
    public Vocabulary vocabulary(PolicyRevision revision, Facts facts) {
        Map<String, Object> input = FactsInput.of(facts);
        return Vocabulary.of(revision.content().rules().stream()
                .map(rule -> compiledRule(revision, rule).vocabulary(input)));
    }

    private CompiledRule compiledRule(PolicyRevision revision, Rule rule) {
        String key = revision.digest() + '/' + rule.name();
        synchronized (compiled) {
            CompiledRule known = compiled.get(key);
            if (known != null) {
                return known;
            }
        }
        // Compiled outside the lock: two threads may do the same work once, and nobody waits for a compiler.
        CompiledRule fresh = environment.compile(rule);
        synchronized (compiled) {
            compiled.put(key, fresh);
        }
        return fresh;
    }
}
