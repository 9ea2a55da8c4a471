package io.realmwright.deployerpolicy.attestation.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.jwk.ECKey;
import io.realmwright.deployerpolicy.attestation.Decoding;
import io.realmwright.deployerpolicy.attestation.Evidence;
import io.realmwright.deployerpolicy.attestation.TokenForm;
import io.realmwright.deployerpolicy.testing.TokenForge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of the reference RMM itself. The recordings are not part of this repository: a folder {@code shared/vectors}
 * beside a folder above this one has them, or the test is skipped.
 */
class ReferenceTokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"tok_sha256", "tok_sha384_rpv0", "tok_sha512", "tok10_sha256"})
    void itDecodesAndVerifies(String name) throws Exception {
        Path vectors = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared/vectors"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        assumeTrue(vectors != null, "There is no folder shared/vectors with the reference's tokens.");
        JsonNode inputs = new JsonMapper().readTree(Files.readAllBytes(vectors.resolve(name + ".json")));

        Decoding decoding = new CoseEvidenceDecoder().decode(Files.readAllBytes(vectors.resolve(name + ".cbor")));

        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        Evidence evidence = ((Decoding.Decoded) decoding).evidence();
        Evidence.Realm realm = evidence.realm().claims();
        assertThat(evidence.form()).isEqualTo(name.startsWith("tok10") ? TokenForm.RMM_1_0 : TokenForm.RMM_2_0);
        assertThat(evidence.realm().seal().isBy(realm.key())).isTrue();
        assertThat(evidence.platform().seal().isBy(realm.key())).isFalse();
        assertThat(evidence.platform().seal().isBy(platformKey(inputs))).isTrue();
        assertThat(evidence.platform().claims().challenge())
                .isEqualTo(TokenForge.hex(TokenForge.sha256(HexFormat.of().parseHex(realm.publicKey()))));
        assertThat(List.of(
                        realm.challenge(),
                        realm.personalizationValue(),
                        realm.hashAlgorithm(),
                        realm.rim(),
                        realm.rems().toString()))
                .isEqualTo(List.of(
                        text(inputs, "challenge"),
                        text(inputs, "rpv"),
                        text(inputs, "hash_algo"),
                        text(inputs, "rim"),
                        inputs.path("rem")
                                .valueStream()
                                .map(JsonNode::stringValue)
                                .toList()
                                .toString()));
        assertThat(evidence.platform().claims().softwareComponents()).hasSize(13);
    }

    private static String text(JsonNode inputs, String name) {
        return inputs.path(name).stringValue();
    }

    private static java.security.PublicKey platformKey(JsonNode inputs) throws Exception {
        return ECKey.parse(inputs.path("platform_token").path("verified_with").toString())
                .toECPublicKey();
    }
}
