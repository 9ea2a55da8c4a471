package io.realmwright.hostagent.attestation.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORTaggedItem;
import io.realmwright.hostagent.attestation.AttestationKeys;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.spec.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * With the reference's inputs, keys and platform token, the tokens made here are the reference's byte for byte, but for the
 * signature. The recordings are not part of this repository: a folder {@code shared/vectors} beside a folder above this
 * one has them, or the test is skipped.
 */
class ReferenceEncodingTest {
    private static final int SIGNATURE_BYTES = 96;

    @ParameterizedTest
    @ValueSource(strings = {"tok_sha256", "tok_sha384_rpv0", "tok_sha512", "tok10_sha256"})
    void everyByteBeforeTheSignatureIsTheReferences(String name) throws IOException {
        Path vectors = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared/vectors"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        assumeTrue(vectors != null, "There is no folder shared/vectors with the reference's tokens.");
        byte[] recorded = Files.readAllBytes(vectors.resolve(name + ".cbor"));
        JsonNode inputs = new JsonMapper().readTree(Files.readAllBytes(vectors.resolve(name + ".json")));
        byte[] realmKey = hex(inputs.path("rak").path("cose_key"));
        RealmClaims claims = claims(inputs, name.startsWith("tok10"));

        byte[] recordedRealm = nested(recorded, 1);

        byte[] realm = Sign1.of(
                RealmToken.claims(claims, realmKey),
                new AttestationKeys("any").platformKey("any").getPrivate());

        assertThat(realm).hasSameSizeAs(recordedRealm);
        int signature = recordedRealm.length - SIGNATURE_BYTES;
        assertThat(Arrays.copyOf(realm, signature)).isEqualTo(Arrays.copyOf(recordedRealm, signature));
        assertThat(CcaToken.of(claims, nested(recorded, 0), recordedRealm)).isEqualTo(recorded);
        assertThat(CoseKeys.sha256(realmKey))
                .isEqualTo(hex(inputs.path("platform_token").path("challenge")));
    }

    private static RealmClaims claims(JsonNode inputs, boolean rmm1_0) {
        List<byte[]> rems = new ArrayList<>();
        inputs.path("rem").forEach(rem -> rems.add(hex(rem)));
        var common = new RealmClaims.Common(
                hex(inputs.path("challenge")),
                hex(inputs.path("rpv")),
                HashAlgorithm.valueOf(inputs.path("hash_algo")
                        .stringValue()
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')),
                hex(inputs.path("rim")),
                rems);
        if (rmm1_0) {
            return new RealmClaims.Rmm1_0(common);
        }
        byte[] ueid = hex(inputs.path("realm_token").path("instance_id"));
        return new RealmClaims.Rmm2_0(common, Arrays.copyOfRange(ueid, 1, ueid.length), false);
    }

    private static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.stringValue());
    }

    /** The platform token (0) or the realm token (1) of a collection. */
    private static byte[] nested(byte[] token, int index) throws IOException {
        var collection = (CBORPairList) ((CBORTaggedItem) new CBORDecoder(token).next()).getTagContent();
        CBORItem value = collection.getPairs().get(index).getValue();
        CBORItem bytes =
                value instanceof CBORItemList record ? record.getItems().get(1) : value;
        return ((CBORByteArray) bytes).getValue();
    }
}
