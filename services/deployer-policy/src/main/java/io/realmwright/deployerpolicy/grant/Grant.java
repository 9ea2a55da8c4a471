package io.realmwright.deployerpolicy.grant;

import java.time.Instant;
import java.util.UUID;

/**
 * Permission to launch one realm on one host in one way.
 *
 * @param compact the signed grant as a compact JWS
 */
public record Grant(
        UUID id,
        UUID decisionId,
        UUID launchId,
        String host,
        String machine,
        String specDigest,
        String planDigest,
        String policyDigest,
        Instant issuedAt,
        Instant expiresAt,
        String compact) {}
