package io.realmwright.deployerpolicy.attestation.cose;

import io.realmwright.deployerpolicy.attestation.EvidenceDecoder;

/** The decoder, for tests of its neighbours. */
public final class Decoders {
    private Decoders() {}

    public static EvidenceDecoder cose() {
        return new CoseEvidenceDecoder();
    }
}
