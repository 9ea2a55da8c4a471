package io.realmwright.deployerpolicy.policy;

import java.util.List;

/** Compiles and type-checks the rules of a policy. */
public interface PolicyCompiler {
    /** Everything that keeps the rules from being evaluated; empty if nothing does. */
    List<RuleError> check(PolicyContent content);
}
