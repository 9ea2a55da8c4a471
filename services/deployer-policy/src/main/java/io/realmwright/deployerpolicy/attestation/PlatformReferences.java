package io.realmwright.deployerpolicy.attestation;

import java.util.Optional;

/** Knows the platforms that the deployer trusts. */
@FunctionalInterface
public interface PlatformReferences {
    /** The platform of which a token claims to come; empty if nobody vouches for one. */
    Optional<PlatformReference> find(String implementationId, String instanceId);
}
