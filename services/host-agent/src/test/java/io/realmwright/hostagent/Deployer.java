package io.realmwright.hostagent;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.json.LaunchPlanJson;
import io.realmwright.hostagent.json.RealmSpecJson;
import io.realmwright.machine.spec.CanonicalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** The other side: signs grants. */
final class Deployer {
    static final String HOST = "host-1";
    private static final JsonMapper JSON = new JsonMapper();

    private final ECKey key;

    private Deployer(ECKey key) {
        this.key = key;
    }

    static Deployer withKey(String keyId) {
        try {
            return new Deployer(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    Deployer validFrom(Instant begin) {
        return new Deployer(
                new ECKey.Builder(key).notBeforeTime(Date.from(begin)).build());
    }

    Deployer validUntil(Instant end) {
        return new Deployer(
                new ECKey.Builder(key).expirationTime(Date.from(end)).build());
    }

    ECKey key() {
        return key;
    }

    /** Writes the public keys where the agent reads them. */
    static void publish(Path file, Deployer... deployers) {
        var keys = Arrays.stream(deployers)
                .<JWK>map(deployer -> deployer.key.toPublicJWK())
                .toList();
        try {
            Files.writeString(file, new JWKSet(keys).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The claims of a grant for a launch on machine {@code rich}. */
    static JWTClaimsSet.Builder claims(LaunchBody body) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issuer("realmwright")
                .audience(HOST)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("decisionId", UUID.randomUUID().toString())
                .claim("launchId", body.launchId())
                .claim("machine", "rich")
                .claim("specDigest", specDigest(body))
                .claim("planDigest", planDigest(body))
                .claim("policyDigest", "ab".repeat(32));
    }

    static String specDigest(LaunchBody body) {
        return CanonicalText.sha256(CanonicalText.of(Fields.read(JSON.readTree(body.spec()), RealmSpecJson::read)));
    }

    static String planDigest(LaunchBody body) {
        return CanonicalText.sha256(CanonicalText.of(Fields.read(JSON.readTree(body.plan()), LaunchPlanJson::read)));
    }

    String grant(LaunchBody body) {
        return sign(claims(body).build(), UnaryOperator.identity());
    }

    String sign(JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> header) {
        try {
            return sign(claims, header, new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String sign(JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> header, JWSSigner signer) {
        var algorithm = signer.supportedJWSAlgorithms().contains(JWSAlgorithm.ES256)
                ? JWSAlgorithm.ES256
                : signer.supportedJWSAlgorithms().iterator().next();
        var builder = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("realmwright-grant+jwt"))
                .keyID(key.getKeyID());
        var jwt = new SignedJWT(header.apply(builder).build(), claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }
}
