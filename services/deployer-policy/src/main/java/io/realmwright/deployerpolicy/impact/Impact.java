package io.realmwright.deployerpolicy.impact;

import io.realmwright.deployerpolicy.decision.DecisionRequest;
import io.realmwright.deployerpolicy.decision.Judging;
import io.realmwright.deployerpolicy.policy.PolicyRevision;

/** Judges by the policies as they are and as they would be. Many threads may use it at once. */
final class Impact {
    private final String policy;
    private final Judging now;
    private final Judging then;

    /** @param policy the one whose draft is tried */
    Impact(String policy, Judging now, Judging then) {
        this.policy = policy;
        this.now = now;
        this.then = then;
    }

    Change on(Asked asked) {
        DecisionRequest request = asked.request();
        // Where neither today's nor the draft's policy is this one, both select the same revision.
        boolean concerned = selectsIt(now, request) || selectsIt(then, request);
        return concerned ? Change.between(asked, now.judge(request), then.judge(request)) : Change.unchanged(asked);
    }

    private boolean selectsIt(Judging judging, DecisionRequest request) {
        return judging.select(request)
                .revision()
                .map(PolicyRevision::policy)
                .filter(policy::equals)
                .isPresent();
    }
}
