package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.realmwright.deployerpolicy.grant.GrantProperties;
import io.realmwright.deployerpolicy.grant.jose.GrantKeys.UnusableKeysException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The keys that sign grants, in a file that may be replaced while the service runs. */
@Component
final class GrantKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(GrantKeyFile.class);

    private final Path file;
    private final char[] password;
    private final Clock clock;
    private GrantKeys keys;
    private FileTime readFrom;

    /**
     * Opens the file.
     *
     * @throws IllegalStateException if there is no usable key; the service does not start without one
     */
    GrantKeyFile(GrantProperties properties, Clock clock) {
        this.clock = clock;
        this.file = properties.keyFile();
        this.password = properties.keyPassword().toCharArray();
        try {
            if (Files.notExists(file)) {
                if (!properties.createKey()) {
                    throw new IllegalStateException("There is no grant key at " + file
                            + ". Put a private P-256 JWK there, or set realmwright.grant.create-key=true.");
                }
                create();
            }
            this.readFrom = Files.getLastModifiedTime(file);
            this.keys = read();
        } catch (IOException e) {
            throw new UncheckedIOException("The grant keys at " + file + " cannot be read.", e);
        } catch (UnusableKeysException e) {
            throw new IllegalStateException("The file of grant keys at " + file + " " + e.getMessage() + ".", e);
        }
    }

    /** Makes the first key, unless a replica that starts at the same time has just done so: its key is everybody's. */
    private void create() throws IOException {
        try {
            NewGrantKey.createAt(file);
        } catch (FileAlreadyExistsException e) {
            LOG.info("Another replica created the grant key. file={}", file);
        }
    }

    /** The keys as the file has them now; those that were read last as long as it has none that will do. */
    synchronized GrantKeys keys() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            if (!modified.equals(readFrom)) {
                readFrom = modified;
                keys = read();
                LOG.info(
                        "Grant keys were read anew. file={} keys={}",
                        file,
                        keys.keys().size());
            }
        } catch (IOException | UnusableKeysException e) {
            LOG.error("The file of grant keys will not do; the keys that were read last go on. file={}", file, e);
        }
        return keys;
    }

    private GrantKeys read() throws IOException, UnusableKeysException {
        return GrantKeys.of(file.toString().endsWith(".p12") ? keyStore() : jwks());
    }

    private List<JWK> jwks() throws IOException, UnusableKeysException {
        String text = Files.readString(file);
        try {
            return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(ECKey.parse(text));
        } catch (ParseException e) {
            throw new UnusableKeysException("is no EC key as JWK, and no set of them", e);
        }
    }

    /** Keys by their aliases, valid as long as their certificates. */
    private List<JWK> keyStore() throws IOException, UnusableKeysException {
        try (var content = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(content, password);
            var found = new ArrayList<JWK>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate
                        && certificate.getPublicKey() instanceof ECPublicKey publicKey) {
                    found.add(new ECKey.Builder(Curve.forECParameterSpec(publicKey.getParams()), publicKey)
                            .privateKey(key)
                            .keyID(alias)
                            .notBeforeTime(certificate.getNotBefore())
                            .expirationTime(certificate.getNotAfter())
                            .build());
                }
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new UnusableKeysException("is no key store of EC keys under the configured password", e);
        }
    }

    /** A compact JWS of these claims, signed with the key whose time it is. */
    String sign(JOSEObjectType type, JWTClaimsSet claims) {
        ECKey key = keys().signing(clock.instant())
                .orElseThrow(() -> new IllegalStateException("no grant key is valid now: put one into the key file"));
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the grant key cannot sign", e);
        }
        return jwt.serialize();
    }
}
