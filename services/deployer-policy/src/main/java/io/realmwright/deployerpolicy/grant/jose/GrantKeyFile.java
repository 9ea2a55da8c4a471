package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.realmwright.deployerpolicy.grant.GrantProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that signs grants, in a file. */
final class GrantKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(GrantKeyFile.class);

    private GrantKeyFile() {}

    /** @throws IllegalStateException if there is no usable key; the service does not start without one */
    static ECKey read(GrantProperties properties) {
        Path file = properties.keyFile();
        try {
            if (Files.notExists(file)) {
                if (!properties.createKey()) {
                    throw new IllegalStateException("There is no grant key at " + file
                            + ". Put a private P-256 JWK there, or set realmwright.grant.create-key=true.");
                }
                create(file);
            }
            return usable(ECKey.parse(Files.readString(file)), file);
        } catch (IOException e) {
            throw new UncheckedIOException("The grant key at " + file + " cannot be read.", e);
        } catch (ParseException e) {
            throw new IllegalStateException("The grant key at " + file + " is not an EC key as JWK.", e);
        }
    }

    private static ECKey usable(ECKey key, Path file) {
        if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve()) || key.getKeyID() == null) {
            throw new IllegalStateException("The grant key at " + file + " is not a private P-256 key with a kid.");
        }
        return key;
    }

    private static void create(Path file) throws IOException {
        ECKey key;
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("no grant key could be generated", e);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        // Nobody else can read the file at any moment: it is born with these permissions.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(StandardCharsets.UTF_8.encode(key.toJSONString()));
        }
        LOG.info("A grant key was created. file={} kid={}", file, key.getKeyID());
    }
}
