package io.realmwright.hostagent.attestation;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.util.UUID;

/**
 * The P-384 keys of simulated machines, all drawn from one seed of the operator: with the same seed they are the same
 * after a restart, and whoever knows the seed has them.
 */
public final class AttestationKeys {
    private static final String CURVE = "secp384r1";

    private final String seed;

    public AttestationKeys(String seed) {
        this.seed = seed;
    }

    /** The CCA Platform Attestation Key: a platform keeps it for life, so that others can know its public half. */
    public KeyPair platformKey(String machine) {
        return draw("platform attestation key", machine);
    }

    /** The Realm Attestation Key: it lasts for one boot. */
    public KeyPair realmKey(String machine, UUID bootId) {
        return draw("realm attestation key", machine + "/" + bootId);
    }

    private KeyPair draw(String purpose, String name) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), new SeededRandom(seed, purpose, name));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every JDK has " + CURVE, e);
        }
    }
}
