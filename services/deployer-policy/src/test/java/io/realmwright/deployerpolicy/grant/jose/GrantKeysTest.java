package io.realmwright.deployerpolicy.grant.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import io.realmwright.deployerpolicy.grant.GrantClaims;
import io.realmwright.deployerpolicy.grant.GrantProperties;
import io.realmwright.deployerpolicy.testing.Keytool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantKeysTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final SetClock clock = new SetClock();

    @TempDir
    private Path folder;

    /** The old key signs until the new one begins; both are published all the time. */
    @Test
    void aNewKeyTakesOverWhenItsTimeBeginsAndBothArePublishedMeanwhile() throws Exception {
        ECKey old = key("old", null, START.plusSeconds(200));
        ECKey next = key("next", START.plusSeconds(100), null);
        var signer = new JoseGrantSigner(new GrantKeyFile(properties(write("keys.json", old, next)), clock));

        assertThat(keyOf(signer, signer.sign(claims()))).isEqualTo("old");
        clock.now = START.plusSeconds(99);
        assertThat(keyOf(signer, signer.sign(claims()))).isEqualTo("old");
        clock.now = START.plusSeconds(100);
        assertThat(keyOf(signer, signer.sign(claims()))).isEqualTo("next");
        clock.now = START.plusSeconds(300);
        assertThat(keyOf(signer, signer.sign(claims()))).isEqualTo("next");
        assertThat(published(signer).getKeys()).extracting(JWK::getKeyID).containsExactly("old", "next");
        assertThat(published(signer).getKeys()).noneMatch(JWK::isPrivate);
        assertThat(published(signer).getKeyByKeyId("old").getExpirationTime())
                .isEqualTo(Date.from(START.plusSeconds(200)));
    }

    @Test
    void theFileIsReadAnewWhenItIsReplacedAndKeptInMindWhenItBreaks() throws Exception {
        Path file = write("keys.json", key("one", null, null));
        var signer = new JoseGrantSigner(new GrantKeyFile(properties(file), clock));

        replace(file, new JWKSet(List.of(key("two", null, null))).toString(false), 1);
        assertThat(keyOf(signer, signer.sign(claims()))).isEqualTo("two");
        replace(file, "nonsense", 2);
        assertThat(keyOf(signer, signer.sign(claims()))).isEqualTo("two");
    }

    @Test
    void withoutAValidKeyNothingIsSigned() throws Exception {
        var signer =
                new JoseGrantSigner(new GrantKeyFile(properties(write("keys.json", key("old", null, START))), clock));

        assertThatThrownBy(() -> signer.sign(claims())).hasMessageContaining("no grant key is valid now");
    }

    @Test
    void aKeyStoreHoldsKeysByAliasValidAsLongAsTheirCertificates() throws Exception {
        Path file = folder.resolve("keys.p12");
        Keytool.generate(file, "deployer", "-alias", "first", "-startdate", "-3d", "-validity", "10");
        Keytool.generate(file, "deployer", "-alias", "second", "-startdate", "-1d", "-validity", "10");
        clock.now = Instant.now();
        var signer = new JoseGrantSigner(
                new GrantKeyFile(new GrantProperties(file, Keytool.PASSWORD, false, Duration.ofMinutes(1)), clock));

        assertThat(keyOf(signer, signer.sign(claims()))).as("the later one").isEqualTo("second");
        assertThat(published(signer).getKeys()).extracting(JWK::getKeyID).containsExactlyInAnyOrder("first", "second");
        clock.now = Instant.now().plus(Duration.ofDays(20));
        assertThatThrownBy(() -> signer.sign(claims())).hasMessageContaining("no grant key is valid now");
        assertThatThrownBy(
                        () -> new GrantKeyFile(new GrantProperties(file, "wrong", false, Duration.ofMinutes(1)), clock))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("grant keys at " + file);
    }

    /** Eight at once, many times over: who comes second takes the first one's key, and none reads half of it. */
    @Test
    void replicasThatStartTogetherAgreeOnOneNewKey() throws Exception {
        try (var replicas = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 50; round++) {
                var properties =
                        new GrantProperties(folder.resolve("shared/" + round), "", true, Duration.ofMinutes(1));
                Callable<String> start = () -> new GrantKeyFile(properties, clock)
                        .keys()
                        .keys()
                        .getFirst()
                        .getKeyID();
                var kids = new HashSet<String>();
                for (Future<String> kid : replicas.invokeAll(Collections.nCopies(8, start))) {
                    kids.add(kid.get());
                }
                assertThat(kids).hasSize(1);
            }
        }
        try (var files = Files.list(folder.resolve("shared"))) {
            assertThat(files)
                    .as("nothing is left over")
                    .hasSize(50)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUBLIC", "NO_KID", "TWICE", "OTHER_CURVE", "NONE", "NONSENSE"})
    void aFileThatWillNotDoStopsTheStart(String fault) throws Exception {
        ECKey good = key("one", null, null);
        Path file = folder.resolve("keys.json");
        Files.writeString(
                file,
                switch (fault) {
                    case "PUBLIC" -> new JWKSet(good.toPublicJWK()).toString(false);
                    case "NO_KID" -> new ECKey.Builder(good).keyID(null).build().toString();
                    case "TWICE" -> new JWKSet(List.of(good, key("one", null, null))).toString(false);
                    case "OTHER_CURVE" ->
                        new ECKeyGenerator(Curve.P_384).keyID("x").generate().toString();
                    case "NONE" -> "{\"keys\":[]}";
                    default -> "nonsense";
                });

        assertThatThrownBy(() -> new GrantKeyFile(properties(file), clock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The file of grant keys at " + file);
    }

    private static JWKSet published(JoseGrantSigner signer) throws ParseException {
        return JWKSet.parse(signer.publicKeys());
    }

    /** The id of the key that signed, which is among the published ones and fits the signature. */
    private static String keyOf(JoseGrantSigner signer, String grant) throws Exception {
        var jwt = SignedJWT.parse(grant);
        String id = jwt.getHeader().getKeyID();
        var key = (ECKey) published(signer).getKeyByKeyId(id);
        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
        return id;
    }

    private Path write(String name, ECKey... keys) throws IOException {
        return Files.writeString(folder.resolve(name), new JWKSet(List.<JWK>of(keys)).toString(false));
    }

    private static void replace(Path file, String text, int seconds) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(seconds)));
    }

    private static GrantProperties properties(Path file) {
        return new GrantProperties(file, "", false, Duration.ofMinutes(1));
    }

    private static ECKey key(String id, @Nullable Instant begin, @Nullable Instant end) throws JOSEException {
        return new ECKey.Builder(new ECKeyGenerator(Curve.P_256).keyID(id).generate())
                .notBeforeTime(begin == null ? null : Date.from(begin))
                .expirationTime(end == null ? null : Date.from(end))
                .build();
    }

    private static GrantClaims claims() {
        var id = new UUID(1, 2);
        return new GrantClaims(id, "host", START, START.plusSeconds(60), id, id, "m0", "ab", "cd", "ef");
    }

    /** Says what a test wants. */
    private static final class SetClock extends Clock {
        Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
