package io.realmwright.deployerpolicy.policy.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyDigests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Digests of policies: SHA-256 of the content as JSON without white space, members in the order of their names, absent
 * members left out. {@code jq -cjS .} of the content's document gives the same text.
 */
@Component
final class JsonPolicyDigests implements PolicyDigests {
    // Not the application's mapper: its settings may change, and a digest may not.
    private final JsonMapper canonical = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Override
    public String of(PolicyContent content) {
        String text = canonical.writeValueAsString(canonical.<JsonNode>valueToTree(PolicyContentDocument.of(content)));
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
