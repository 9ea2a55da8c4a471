package io.realmwright.deployerpolicy.decision.json;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionRequest;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A decision as JSON; the same document in answers and in the database. */
public record DecisionDocument(
        UUID id,
        Instant createdAt,
        Decision.Verdict verdict,
        @Nullable String denial,
        SelectionDocument selection,
        List<HostDecisionDocument> hosts,
        Request request) {

    /** What was asked. */
    public record Request(
            String name,
            Map<String, String> labels,
            @Nullable String policy,
            Map<String, String> hostSelector,
            RealmSpecDocument spec) {
        static Request of(DecisionRequest request) {
            return new Request(
                    request.realmName(),
                    request.labels().byKey(),
                    request.policy().orElse(null),
                    request.hostSelector().byKey(),
                    RealmSpecDocument.of(request.spec()));
        }

        public DecisionRequest readStored() {
            return new DecisionRequest(
                    name, spec.readStored(), Labels.of(labels), Optional.ofNullable(policy), Labels.of(hostSelector));
        }
    }

    public static DecisionDocument of(Decision decision) {
        return new DecisionDocument(
                decision.id(),
                decision.createdAt(),
                decision.verdict(),
                decision.verdict() == Decision.Verdict.DENY ? decision.denial() : null,
                SelectionDocument.of(decision.selection()),
                decision.hosts().stream().map(HostDecisionDocument::of).toList(),
                Request.of(decision.request()));
    }

    public Decision readStored(String basis) {
        return new Decision(
                id,
                createdAt,
                request.readStored(),
                selection.readStored(),
                hosts.stream().map(HostDecisionDocument::readStored).toList(),
                basis);
    }
}
