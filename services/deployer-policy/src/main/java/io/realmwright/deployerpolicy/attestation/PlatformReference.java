package io.realmwright.deployerpolicy.attestation;

import java.security.PublicKey;
import java.util.List;

/** What the maker of a platform says about it. Bytes are lower-case hexadecimal digits. */
public record PlatformReference(
        String implementationId,
        String instanceId,
        String configuration,
        int lifecycle,
        List<Evidence.SoftwareComponent> softwareComponents,
        PublicKey key) {
    public PlatformReference {
        softwareComponents = List.copyOf(softwareComponents);
    }
}
