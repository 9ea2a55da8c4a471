package io.realmwright.deployerpolicy.grant;

import java.time.Instant;
import java.util.UUID;

/**
 * What a grant says.
 *
 * @param audience the name by which the agent expects to be addressed
 * @param planDigest over the plan without an RPV, because the RPV is the digest of the grant
 */
public record GrantClaims(
        UUID id,
        String audience,
        Instant issuedAt,
        Instant expiresAt,
        UUID decisionId,
        UUID launchId,
        String machine,
        String specDigest,
        String planDigest,
        String policyDigest) {}
