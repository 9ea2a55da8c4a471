package io.realmwright.deployerpolicy.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One text for each document, to be hashed: JSON without white space, members in the order of their names, absent members
 * left out. {@code jq -cjS .} of the document gives the same text.
 */
public final class CanonicalJson {
    // Not the application's mapper: its settings may change, and a digest may not.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private CanonicalJson() {}

    public static String of(Object document) {
        return MAPPER.writeValueAsString(MAPPER.<JsonNode>valueToTree(document));
    }

    /** SHA-256 of the document's text, 64 lower-case hexadecimal digits. */
    public static String sha256(Object document) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(of(document).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The tree of a text. */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }
}
