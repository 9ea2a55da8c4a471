package io.realmwright.deployerpolicy.attestation;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** What a CCA token says. Nothing of it has been believed yet. Bytes are lower-case hexadecimal digits. */
public record Evidence(TokenForm form, Signed<Platform> platform, Signed<Realm> realm) {
    /** Claims and the seal upon them. */
    public record Signed<T>(T claims, Seal seal) {}

    /** A signature over exactly these claims. */
    @FunctionalInterface
    public interface Seal {
        boolean isBy(PublicKey key);
    }

    /**
     * The platform token.
     *
     * @param challenge the hash of the key that signs realm tokens
     * @param lifecycle 0x3000 to 0x30ff is secured
     */
    public record Platform(
            String profile,
            String challenge,
            String implementationId,
            String instanceId,
            String configuration,
            int lifecycle,
            String hashAlgorithm,
            List<SoftwareComponent> softwareComponents) {
        public Platform {
            softwareComponents = List.copyOf(softwareComponents);
        }
    }

    /** Something that was measured before the RMM ran. */
    public record SoftwareComponent(String name, String signerId, String measurement) {}

    /**
     * The realm token.
     *
     * @param publicKey the encoded COSE_Key as it stands there, of which the platform's challenge is the hash
     * @param key the same key, to verify with
     * @param hashAlgorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
     * @param rems REM 1 to 4
     * @param generation2 what only RMM 2.0 claims
     */
    public record Realm(
            String profile,
            String challenge,
            String personalizationValue,
            String publicKey,
            PublicKey key,
            String hashAlgorithm,
            String publicKeyHashAlgorithm,
            String rim,
            List<String> rems,
            Optional<Generation2> generation2) {
        public Realm {
            rems = List.copyOf(rems);
        }
    }

    /**
     * What only RMM 2.0 claims.
     *
     * @param mecPolicy 0 shared, 1 private
     */
    public record Generation2(String instanceId, int mecPolicy) {}
}
