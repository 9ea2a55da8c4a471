package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a key that signs grants. */
final class NewGrantKey {
    private static final Logger LOG = LoggerFactory.getLogger(NewGrantKey.class);

    private NewGrantKey() {}

    /**
     * Writes a new key for its owner only.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file is there: a key is never overwritten
     */
    static ECKey createAt(Path file) throws IOException {
        ECKey key = generate();
        Files.createDirectories(file.toAbsolutePath().getParent());
        // Nobody else can read the file at any moment: it is born with these permissions.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(StandardCharsets.UTF_8.encode(key.toJSONString()));
        }
        LOG.info("A grant key was created. file={} kid={}", file, key.getKeyID());
        return key;
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("no grant key could be generated", e);
        }
    }
}
