package io.realmwright.deployerpolicy.decision.json;

import io.realmwright.deployerpolicy.decision.DenialReason;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import org.jspecify.annotations.Nullable;

/** Which policy decided and why that one; {@code reason} instead of a policy if none did, a digest alone if a draft did. */
record SelectionDocument(
        @Nullable String policy,
        @Nullable Integer revision,
        @Nullable String digest,
        PolicySelection.@Nullable By selectedBy,
        @Nullable DenialReason reason,
        String explanation) {
    static SelectionDocument of(PolicySelection selection) {
        return switch (selection) {
            case PolicySelection.Selected(var policy, var revision, var digest, var by, var explanation) ->
                new SelectionDocument(policy, revision, digest, by, null, explanation);
            case PolicySelection.Draft(var digest, var explanation) ->
                new SelectionDocument(null, null, digest, null, null, explanation);
            case PolicySelection.NoneApplies(var reason, var explanation) ->
                new SelectionDocument(null, null, null, null, reason, explanation);
        };
    }

    PolicySelection readStored() {
        if (reason != null) {
            return new PolicySelection.NoneApplies(reason, explanation);
        }
        if (policy == null || revision == null || digest == null || selectedBy == null) {
            throw new IllegalStateException("a stored selection names its policy");
        }
        return new PolicySelection.Selected(policy, revision, digest, selectedBy, explanation);
    }
}
