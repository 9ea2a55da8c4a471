package io.realmwright.hostagent.attestation;

import java.security.interfaces.ECPublicKey;
import java.util.List;

/**
 * A simulated CCA platform, as its own token describes it: every part of it that may say so says that it is simulated.
 * What its maker would publish for verifiers is just this.
 *
 * @param machine the machine of this agent whose firmware it is
 * @param implementationId 32 bytes, the same for all simulated platforms
 * @param instanceId 33 bytes, the first of which is 1
 * @param configuration what a verifier shows of a platform's configuration
 * @param lifecycle 0x3000 to 0x30ff is secured
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Platform(
        String machine,
        byte[] implementationId,
        byte[] instanceId,
        byte[] configuration,
        int lifecycle,
        List<SoftwareComponent> softwareComponents,
        ECPublicKey key) {
    public Platform {
        softwareComponents = List.copyOf(softwareComponents);
    }

    /**
     * Something that was measured before the RMM ran.
     *
     * @param measurement SHA-256
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record SoftwareComponent(String name, byte[] signerId, byte[] measurement) {}
}
