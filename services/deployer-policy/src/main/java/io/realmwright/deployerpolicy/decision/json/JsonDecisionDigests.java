package io.realmwright.deployerpolicy.decision.json;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionDigests;
import io.realmwright.deployerpolicy.json.CanonicalJson;
import org.springframework.stereotype.Component;

/** Digests of decisions: SHA-256 of the canonical text of the document that the API answers with. */
@Component
final class JsonDecisionDigests implements DecisionDigests {
    @Override
    public String of(Decision decision) {
        return CanonicalJson.sha256(DecisionDocument.of(decision));
    }
}
