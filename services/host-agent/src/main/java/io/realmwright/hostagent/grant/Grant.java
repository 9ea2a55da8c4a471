package io.realmwright.hostagent.grant;

import java.time.Instant;

/**
 * A grant whose signature and claims were found to permit a launch.
 *
 * @param id its {@code jti}; honoured once
 * @param policyDigest the digest of the policy revision under which the deployer decided
 * @param expiresAt after this it permits nothing
 */
public record Grant(String id, String decisionId, String policyDigest, Instant expiresAt) {}
