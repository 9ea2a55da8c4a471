package io.realmwright.deployerpolicy.policy.json;

import io.realmwright.deployerpolicy.json.CanonicalJson;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyDigests;
import org.springframework.stereotype.Component;

/** Digests of policies: SHA-256 of the canonical JSON text of the content's document. */
@Component
final class JsonPolicyDigests implements PolicyDigests {
    @Override
    public String of(PolicyContent content) {
        return CanonicalJson.sha256(PolicyContentDocument.of(content));
    }
}
