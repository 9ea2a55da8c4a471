package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a key that signs grants. */
final class NewGrantKey {
    private static final Logger LOG = LoggerFactory.getLogger(NewGrantKey.class);

    private NewGrantKey() {}

    /**
     * Writes a new key for its owner only. The file appears with all of its content or not at all, so that replicas that
     * share it and start together never read half of a key.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file is there: a key is never overwritten
     */
    static ECKey createAt(Path file) throws IOException {
        ECKey key = generate();
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        // Nobody else can read the file at any moment: a temporary file is its owner's alone from its birth.
        Path written = Files.createTempFile(directory, file.getFileName() + ".", ".new");
        try {
            Files.writeString(written, key.toJSONString());
            // A link and not a move, which would put this key in the place of another replica's.
            Files.createLink(file, written);
        } finally {
            Files.delete(written);
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
