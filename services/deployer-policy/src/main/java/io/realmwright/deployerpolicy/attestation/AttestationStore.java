package io.realmwright.deployerpolicy.attestation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where attestations are kept, and which challenges have been used. */
public interface AttestationStore {
    /** Uses a challenge up; false if it was used before. */
    boolean use(String challenge, Instant at);

    void insert(Attestation attestation);

    Optional<Attestation> find(String realm, UUID id);

    /** A realm's attestations, the latest first, from the one after {@code before}; all of them if that is null. */
    List<Attestation> list(UUID realmId, Optional<UUID> before, int limit);
}
