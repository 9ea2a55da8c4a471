package io.realmwright.deployerpolicy.attestation;

import java.time.Instant;
import java.util.UUID;

/**
 * A token that a realm made, and what was found about it. It never changes.
 *
 * @param launchId the launch that the realm was in
 * @param challenge 128 hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Attestation(
        UUID id,
        UUID realmId,
        String realm,
        UUID launchId,
        String host,
        String challenge,
        byte[] token,
        Appraisal appraisal,
        Instant createdAt) {}
