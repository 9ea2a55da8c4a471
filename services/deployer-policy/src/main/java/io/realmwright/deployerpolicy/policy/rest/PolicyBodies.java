package io.realmwright.deployerpolicy.policy.rest;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.Policy;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.RuleError;
import io.realmwright.deployerpolicy.policy.json.PolicyContentDocument;
import io.realmwright.deployerpolicy.policy.json.RuleDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of requests and answers about policies. */
final class PolicyBodies {
    private PolicyBodies() {}

    /** A policy as it is created or validated. */
    record NewPolicy(
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, @Nullable String> selector,
            @Nullable List<@Nullable RuleDocument> rules) {
        PolicyContent content(Fields fields) {
            return new PolicyContentDocument(description, selector, rules).read(fields);
        }
    }

    record PolicyBody(
            String name,
            int latestRevision,
            @Nullable Integer publishedRevision,
            Instant createdAt,
            Instant updatedAt) {
        static PolicyBody of(Policy policy) {
            return new PolicyBody(
                    policy.name(),
                    policy.latestRevision(),
                    policy.publishedRevision(),
                    policy.createdAt(),
                    policy.updatedAt());
        }
    }

    record PolicyList(List<PolicyBody> policies, @Nullable String nextPageToken) {}

    record RevisionBody(
            String policy,
            int revision,
            String digest,
            String author,
            Instant createdAt,
            @Nullable Instant publishedAt,
            PolicyContentDocument content) {
        static RevisionBody of(PolicyRevision revision) {
            return new RevisionBody(
                    revision.policy(),
                    revision.number(),
                    revision.digest(),
                    revision.author(),
                    revision.createdAt(),
                    revision.publishedAt(),
                    PolicyContentDocument.of(revision.content()));
        }
    }

    record RevisionList(
            List<RevisionBody> revisions, @Nullable String nextPageToken) {}

    /** What a validation came to: {@code errors} tells where the rules do not compile. */
    record Validation(boolean valid, String digest, List<RuleError> errors) {}
}
