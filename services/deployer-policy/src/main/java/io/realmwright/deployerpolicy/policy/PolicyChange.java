package io.realmwright.deployerpolicy.policy;

import java.util.List;

/** What came of an attempt to change a policy. Everything but {@link Done} changed nothing. */
public sealed interface PolicyChange {
    record Done(Policy policy, PolicyRevision revision) implements PolicyChange {}

    /** The rules do not compile. */
    record DoesNotCompile(List<RuleError> errors) implements PolicyChange {}

    record NameTaken(String name) implements PolicyChange {}

    record UnknownPolicy(String name) implements PolicyChange {}

    record UnknownRevision(String name, int number) implements PolicyChange {}

    /** Somebody else changed the policy first. */
    record Outdated(long currentVersion) implements PolicyChange {}

    /** Whoever publishes a revision is to be somebody else than who wrote it, and both are to be known. */
    record NeedsFourEyes(String author, String publisher) implements PolicyChange {}
}
