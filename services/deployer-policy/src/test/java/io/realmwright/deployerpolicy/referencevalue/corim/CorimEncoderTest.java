package io.realmwright.deployerpolicy.referencevalue.corim;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValueSet;
import io.realmwright.machine.spec.HashAlgorithm;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written, read by another CBOR library and compared with the drafts' own notation. */
class CorimEncoderTest {
    private static final String RIM = "ab".repeat(32);

    private static CBORObject encoded() {
        var values = new ReferenceValueSet(
                "team-a",
                3,
                "d1".repeat(32),
                "first",
                List.of(
                        new ReferenceValueSet.Measurements(
                                HashAlgorithm.SHA_256,
                                RIM,
                                List.of("01".repeat(32), "02".repeat(32), "03".repeat(32), "04".repeat(32))),
                        new ReferenceValueSet.Measurements(HashAlgorithm.SHA_512, "cd".repeat(64), List.of())),
                Instant.ofEpochSecond(1_795_000_000),
                Instant.ofEpochSecond(1_795_003_600));
        return CBORObject.DecodeFromBytes(new CorimEncoder().encode(values));
    }

    private static CBORObject key(int key) {
        return CBORObject.FromObject(key);
    }

    @Test
    void theManifestNamesItsProfileItsValidityAndItsSimulatedOrigin() {
        CBORObject corim = encoded();

        assertThat(corim.HasMostOuterTag(501)).isTrue();
        CBORObject map = corim.Untag();
        assertThat(map.get(key(0)).AsString()).isEqualTo("realmwright/policies/team-a/revisions/3/realms/first");
        assertThat(map.get(key(3)).HasMostOuterTag(32)).isTrue();
        assertThat(map.get(key(3)).Untag().AsString()).isEqualTo("tag:arm.com,2025:cca_realm#1.0.0");
        assertThat(map.get(key(4))).isEqualTo(map(key(0), time(1_795_000_000), key(1), time(1_795_003_600)));
        assertThat(map.get(key(5)))
                .isEqualTo(array(map(key(0), text("realmwright (simulated machines)"), key(2), array(key(1)))));
    }

    @Test
    void everyRimIsACoMidOfItsOwn() {
        CBORObject tags = encoded().Untag().get(key(1));

        assertThat(tags.size()).isEqualTo(2);
        CBORObject comid = comid(tags.get(0));
        assertThat(comid.get(key(1))).isEqualTo(map(key(0), text("d1".repeat(32) + "/" + RIM)));
        CBORObject triple = comid.get(key(4)).get(key(0)).get(0);
        CBORObject rim = CBORObject.FromObjectAndTag(bytes(RIM), 560);
        assertThat(triple.get(0)).isEqualTo(map(key(0), map(key(0), rim)));
        assertThat(triple.get(1).getValues())
                .containsExactly(
                        measurement("cca.rim", "sha-256", RIM),
                        measurement("cca.rem0", "sha-256", "01".repeat(32)),
                        measurement("cca.rem1", "sha-256", "02".repeat(32)),
                        measurement("cca.rem2", "sha-256", "03".repeat(32)),
                        measurement("cca.rem3", "sha-256", "04".repeat(32)));
        assertThat(comid(tags.get(1)).get(key(4)).get(key(0)).get(0).get(1).getValues())
                .containsExactly(measurement("cca.rim", "sha-512", "cd".repeat(64)));
    }

    private static CBORObject comid(CBORObject tag) {
        assertThat(tag.HasMostOuterTag(506)).isTrue();
        return CBORObject.DecodeFromBytes(tag.Untag().GetByteString());
    }

    private static CBORObject measurement(String key, String algorithm, String digest) {
        CBORObject digests = array(array(text(algorithm), bytes(digest)));
        return map(key(0), text(key), key(1), map(key(2), digests));
    }

    private static CBORObject map(CBORObject... keysAndValues) {
        CBORObject map = CBORObject.NewMap();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.Add(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static CBORObject array(CBORObject... items) {
        CBORObject array = CBORObject.NewArray();
        for (CBORObject item : items) {
            array.Add(item);
        }
        return array;
    }

    private static CBORObject text(String value) {
        return CBORObject.FromObject(value);
    }

    private static CBORObject bytes(String hex) {
        return CBORObject.FromObject(HexFormat.of().parseHex(hex));
    }

    private static CBORObject time(long second) {
        return CBORObject.FromObjectAndTag(CBORObject.FromObject(second), 1);
    }
}
